package io.github.camelhh1.image;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The findings about an image that is not decoded.
 *
 * @param length bytes; -1 when unknown
 * @param header null when none could be read
 * @param problem why no header could be read; null when one was read, or when the bytes ended before it
 */
public record ImageLook(
        ImageFormat format,
        long length,
        @Nullable ImageHeader header,
        @Nullable String problem) {

    /** Reads the start of the stream; never fails. {@code length} is that of the whole image, -1 when unknown. */
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
