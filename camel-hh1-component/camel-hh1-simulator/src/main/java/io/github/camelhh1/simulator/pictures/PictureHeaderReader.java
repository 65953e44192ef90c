package io.github.camelhh1.simulator.pictures;

import com.drew.imaging.FileType;
import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.png.PngHeader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the header of an image. Pixels are not decoded, and little of a file is read, whatever the file says of itself. */
final class PictureHeaderReader {
    private static final int PNG_HEADER = 16;
    private static final int PNG_HEADER_END = 29;

    private PictureHeaderReader() {}

    /**
     * Reads the header of this file.
     *
     * @throws IOException when the file is no JPEG, PNG or WEBP image, or declares no size; the message says which
     */
    static PictureHeader read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            FileKind kind = FileKind.of(in);
            PictureHeader header = read(kind, in);
            if (header.width() <= 0 || header.height() <= 0) {
                throw new IOException(kind.title() + " image without a size");
            }
            return header;
        } catch (ImageProcessingException | RuntimeException e) {
            // The library's reading of hostile content: as good as content without a header.
            throw new IOException("an image that cannot be read", e);
        }
    }

    private static PictureHeader read(FileKind kind, InputStream in) throws IOException, ImageProcessingException {
        if (kind.type() == FileType.Jpeg) {
            return JpegHeader.read(in);
        } else if (kind.type() == FileType.Png) {
            return png(in);
        } else if (kind.type() == FileType.WebP) {
            return WebpHeader.read(in);
        }
        throw new IOException("not a JPEG, PNG or WEBP image but " + kind.title());
    }

    /** The library knows a PNG by its first chunk, the header: that is where it says. */
    private static PictureHeader png(InputStream in) throws IOException, ImageProcessingException {
        byte[] start = in.readNBytes(PNG_HEADER_END);
        if (start.length < PNG_HEADER_END) {
            throw new IOException("PNG image that ends in its header");
        }
        PngHeader header = new PngHeader(Arrays.copyOfRange(start, PNG_HEADER, PNG_HEADER_END));
        return new PictureHeader(header.getImageWidth(), header.getImageHeight(), 1);
    }
}
