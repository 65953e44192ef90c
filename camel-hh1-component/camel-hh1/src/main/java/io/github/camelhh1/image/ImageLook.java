package io.github.camelhh1.image;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The findings about an image that is not decoded.
 *
 * @param length bytes; -1 when that is not known
 * @param header null when none could be read
 * @param problem why none could be read; null when it was, or when it was not there to be read
 */
public record ImageLook(
        ImageFormat format,
        long length,
        @Nullable ImageHeader header,
        @Nullable String problem) {

    /** Reads as much as it needs from the start of the stream; never fails. {@code length}: of the whole, where it is known. */
    public static ImageLook at(InputStream in, long length) {
        var bytes = new HeaderBytes(in);
        ImageFormat format = ImageFormat.UNKNOWN;
        try {
            format = ImageFormat.sniff(bytes.peek(ImageFormat.SNIFFED_BYTES));
            return new ImageLook(format, length, HeaderReader.read(format, bytes), null);
        } catch (IOException e) {
            return new ImageLook(format, length, null, String.valueOf(e.getMessage()));
        }
    }

    public ImageLook ofLength(long bytes) {
        return new ImageLook(format, bytes, header, problem);
    }
}
