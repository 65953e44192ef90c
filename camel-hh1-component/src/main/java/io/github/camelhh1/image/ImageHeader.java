package io.github.camelhh1.image;

import java.io.IOException;
import java.io.InputStream;

/**
 * The format and the size in pixels that an image declares. Pixels are never decoded, so a picture made to explode in
 * memory costs no more than any other: at most 64 KB are looked at, and in a JPEG at most 16 MB of metadata are skipped.
 */
public record ImageHeader(ImageFormat format, int width, int height) {

    /**
     * Reads the header from the start of the stream, which stays open and is left wherever reading ended.
     *
     * @throws IOException when the stream fails, or holds no JPEG, PNG or WEBP image with a size
     */
    public static ImageHeader read(InputStream in) throws IOException {
        HeaderBytes bytes = new HeaderBytes(in);
        ImageFormat format = ImageFormat.sniff(bytes.peek(ImageFormat.SNIFFED_BYTES));
        ImageHeader header =
                switch (format) {
                    case JPEG -> JpegSize.read(bytes);
                    case PNG -> png(bytes);
                    case WEBP -> WebpSize.read(bytes);
                    default -> throw new IOException("not a JPEG, PNG or WEBP image but " + format.title());
                };
        if (header.width <= 0 || header.height <= 0) {
            throw new IOException(format.title() + " image without a size: " + header.width + " x " + header.height);
        }
        return header;
    }

    /** Width times height. */
    public long pixels() {
        return (long) width * height;
    }

    private static ImageHeader png(HeaderBytes bytes) throws IOException {
        bytes.skip(8 + 4);
        if (bytes.int32() != 0x49484452) { // "IHDR" comes first in every PNG
            throw new IOException("PNG image whose first chunk is not IHDR");
        }
        return new ImageHeader(ImageFormat.PNG, bytes.int32(), bytes.int32());
    }
}
