package io.github.camelhh1.image;

import java.io.IOException;
import java.io.InputStream;

/**
 * The format and the size in pixels that an image declares, as it is shown. Pixels are never decoded, so a picture made
 * to explode in memory costs no more than any other: at most 64 KB are looked at, and at most 16 MB of metadata are
 * skipped.
 *
 * @param width of the picture as it is shown, turned by {@code orientation}
 * @param orientation how a viewer turns the stored pixels, 1 to 8 as EXIF numbers them; 1 is as they are
 */
public record ImageHeader(ImageFormat format, int width, int height, int orientation) {
    private static final int FIRST_TURNED = 5;

    /** Shown as it is stored. */
    public ImageHeader(ImageFormat format, int width, int height) {
        this(format, width, height, 1);
    }

    /**
     * Reads the header from the start of the stream, which stays open and is left wherever reading ended.
     *
     * @throws IOException when the stream fails, or holds no JPEG, PNG or WEBP image with a size
     */
    public static ImageHeader read(InputStream in) throws IOException {
        HeaderBytes bytes = new HeaderBytes(in);
        ImageFormat format = ImageFormat.sniff(bytes.peek(ImageFormat.SNIFFED_BYTES));
        if (!format.accepted()) {
            throw new IOException("not a JPEG, PNG or WEBP image but " + format.title());
        }
        return read(format, bytes);
    }

    /** Of the formats too that the model does not take, where their size can be found. */
    static ImageHeader read(ImageFormat format, HeaderBytes bytes) throws IOException {
        ImageHeader header =
                switch (format) {
                    case JPEG -> JpegSize.read(bytes);
                    case PNG -> png(bytes);
                    case WEBP -> WebpSize.read(bytes);
                    case GIF -> GifSize.read(bytes);
                    case BMP -> BmpSize.read(bytes);
                    case TIFF -> TiffSize.read(bytes);
                    default -> throw new IOException("the size of " + format.title() + " is not read");
                };
        if (header.width <= 0 || header.height <= 0) {
            throw new IOException(format.title() + " image without a size: " + header.width + " x " + header.height);
        }
        return header;
    }

    /** The same picture turned as its metadata say. */
    static ImageHeader turned(ImageFormat format, int storedWidth, int storedHeight, int orientation) {
        return orientation >= FIRST_TURNED
                ? new ImageHeader(format, storedHeight, storedWidth, orientation)
                : new ImageHeader(format, storedWidth, storedHeight, orientation);
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
