package io.github.camelhh1.image;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads what an image says of itself. Pixels are never decoded, so a picture made to explode in memory costs no more than
 * any other: at most 64 KB are looked at, and at most 16 MB of metadata are skipped.
 */
final class HeaderReader {
    private HeaderReader() {}

    /**
     * Reads the header from the start of the stream, which stays open and is left wherever reading ended.
     *
     * @throws IOException when the stream fails, or holds no JPEG, PNG or WEBP image with a size
     */
    static ImageHeader read(InputStream in) throws IOException {
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
        if (header.width() <= 0 || header.height() <= 0) {
            throw new IOException(
                    format.title() + " image without a size: " + header.width() + " x " + header.height());
        }
        return header;
    }

    private static ImageHeader png(HeaderBytes bytes) throws IOException {
        bytes.skip(8 + 4);
        if (bytes.int32() != 0x49484452) { // "IHDR" comes first in every PNG
            throw new IOException("PNG image whose first chunk is not IHDR");
        }
        return new ImageHeader(ImageFormat.PNG, bytes.int32(), bytes.int32());
    }
}
