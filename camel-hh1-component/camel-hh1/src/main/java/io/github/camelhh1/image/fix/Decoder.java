package io.github.camelhh1.image.fix;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageFormat;
import io.github.camelhh1.image.fix.FixRules.NotFixableException;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import org.jspecify.annotations.Nullable;

/** Decodes the pixels of an image, no more of them than are needed. */
final class Decoder {
    static final int MOST_SCANS = 100;
    /** Encoders make ten, or a few more. */
    static final int MOST_SCANS_OF_LARGE = 15;

    private static final long MOST_SCANNED_PIXELS = 600_000_000;
    private static final int START_OF_SCAN = 0xda;

    private final FixRules rules;

    Decoder(FixRules rules) {
        this.rules = rules;
    }

    /** The pixels as stored, not turned; every second, third, … pixel only where there are more than are needed. */
    BufferedImage decode(ImageContent content) throws IOException, NotFixableException {
        ImageFormat format = content.format();
        ImageReader reader = FixRules.reader(format);
        if (reader == null) {
            throw new NotFixableException("there is nothing on the class path that decodes " + format.title());
        }
        if (format == ImageFormat.WEBP) {
            WebpPictures.check(content);
        }
        try (var in = new ContentInput(content)) {
            reader.setInput(in, true, true);
            // The decoder may find another size than ImageLook did: both must be within the limits.
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            String objection = rules.tooLarge(format, width, height);
            if (objection == null && format == ImageFormat.TIFF) {
                objection = objection(reader, height);
            }
            if (objection != null) {
                throw new NotFixableException(objection);
            }
            if (format == ImageFormat.JPEG) {
                checkScans(content.open(), (long) width * height);
            }
            ImageReadParam param = reader.getDefaultReadParam();
            int step = (int) Math.ceil(Math.sqrt((double) width * height / Layout.MOST_PIXELS));
            param.setSourceSubsampling(Math.max(1, step), Math.max(1, step), 0, 0);
            return reader.read(0, param);
        } finally {
            reader.dispose();
        }
    }

    /** The rule of depth that a TIFF breaks; null when it breaks none. A strip or tile is decoded as a whole. */
    private @Nullable String objection(ImageReader reader, int height) throws IOException {
        ImageTypeSpecifier type = reader.getRawImageType(0);
        if (type == null) {
            return "it is a TIFF of unknown colours";
        }
        ColorModel colours = type.getColorModel();
        int rows = reader.getTileHeight(0);
        long pixels = (long) reader.getTileWidth(0) * (reader.isImageTiled(0) ? rows : Math.min(rows, height));
        return rules.tooDeep(IntStream.of(colours.getComponentSize()).max().orElse(0), colours.getPixelSize(), pixels);
    }

    /** Each scan of a JPEG costs a pass over all pixels, and a few bytes are enough for a scan. */
    static void checkScans(InputStream stream, long pixels) throws IOException, NotFixableException {
        long most = Math.max(MOST_SCANS_OF_LARGE, Math.min(MOST_SCANS, MOST_SCANNED_PIXELS / Math.max(1, pixels)));
        int scans = 0;
        try (var in = new BufferedInputStream(stream, 64 * 1024)) {
            int before = 0;
            for (int b = in.read(); b >= 0; b = in.read()) {
                // Within a scan 0 follows 0xff. Elsewhere one scan too many may be counted, which does no harm.
                if (before == 0xff && b == START_OF_SCAN && ++scans > most) {
                    throw new NotFixableException(
                            "it is a JPEG of more than " + most + " scans, which no camera makes; save it anew");
                }
                before = b;
            }
        }
    }
}
