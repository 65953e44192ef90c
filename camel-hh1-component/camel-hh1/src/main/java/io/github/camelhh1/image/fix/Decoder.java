package io.github.camelhh1.image.fix;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageFormat;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.io.IOException;
import java.util.stream.IntStream;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import org.jspecify.annotations.Nullable;

/** Decodes the pixels of an image, no more of them than are needed. */
final class Decoder {
    private final FixRules rules;

    Decoder(FixRules rules) {
        this.rules = rules;
    }

    /** As stored, not turned; every second, third, … pixel only where there are more than are needed. */
    BufferedImage decode(ImageContent content) throws IOException, NotFixableException {
        ImageReader reader = ImageReaders.find(content.format());
        if (reader == null) {
            throw new NotFixableException("there is nothing on the class path that decodes "
                    + content.format().title());
        }
        if (content.format() == ImageFormat.WEBP) {
            WebpPictures.check(content);
        }
        try (var in = new ContentInput(content)) {
            reader.setInput(in, true, true);
            // The decoder may see another size than the header's reader did: its own counts, too.
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            String objection = rules.tooLarge(content.format(), width, height);
            if (objection == null && content.format() == ImageFormat.TIFF) {
                objection = objection(reader, height);
            }
            if (objection != null) {
                throw new NotFixableException(objection);
            }
            if (content.format() == ImageFormat.JPEG) {
                JpegScans.check(content.open(), (long) width * height);
            }
            ImageReadParam param = reader.getDefaultReadParam();
            int step = (int) Math.ceil(Math.sqrt((double) width * height / Layout.MOST_PIXELS));
            param.setSourceSubsampling(Math.max(1, step), Math.max(1, step), 0, 0);
            return reader.read(0, param);
        } finally {
            reader.dispose();
        }
    }

    /** To what else a TIFF says of itself. A strip or tile is decoded as a whole, at its depth. */
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
}
