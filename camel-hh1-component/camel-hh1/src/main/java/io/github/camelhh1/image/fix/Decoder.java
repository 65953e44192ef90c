package io.github.camelhh1.image.fix;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageFormat;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

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
        if (content.format() == ImageFormat.JPEG) {
            JpegScans.check(content.open());
        }
        try (var in = new ContentInput(content)) {
            reader.setInput(in, true, true);
            // The decoder may see another size than the header's reader did: its own counts, too.
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            String objection = rules.tooLarge(content.format(), pixels);
            if (objection != null) {
                throw new NotFixableException(objection);
            }
            ImageReadParam param = reader.getDefaultReadParam();
            int step = (int) Math.ceil(Math.sqrt((double) pixels / Layout.MOST_PIXELS));
            param.setSourceSubsampling(Math.max(1, step), Math.max(1, step), 0, 0);
            return reader.read(0, param);
        } finally {
            reader.dispose();
        }
    }
}
