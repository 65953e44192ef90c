package io.github.camelhh1.simulator.film;

import io.github.camelhh1.simulator.pictures.Picture;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The still image that a video begins with. */
final class Still {
    private static final int LONG_SIDE = 640;
    private static final long PIXEL_LIMIT = 40_000_000;
    private static final Dimension DEFAULT_SIZE = new Dimension(LONG_SIDE, LONG_SIDE * 9 / 16);

    private static final Logger LOG = LoggerFactory.getLogger(Still.class);
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private Still() {}

    /** The video's size: the picture's ratio, the long side of preview length, both sides even as H.264 wants them. */
    static Dimension size(@Nullable Picture picture) {
        if (picture == null) {
            return DEFAULT_SIZE;
        }
        double width = picture.header().width();
        double height = picture.header().height();
        double scale = LONG_SIDE / Math.max(width, height);
        return new Dimension(even(width * scale), even(height * scale));
    }

    /** The picture's pixels, roughly as many as needed; a card where they cannot or should not be decoded. */
    static BufferedImage of(Scene scene, Dimension size) {
        BufferedImage image = scene.picture() == null ? null : decoded(scene.picture());
        if (image == null && scene.picture() != null && !SAID.getAndSet(true)) {
            LOG.info("The simulator cannot decode a picture: its video shows a card. For WEBP add the dependency"
                    + " com.twelvemonkeys.imageio:imageio-webp. This is said once.");
        }
        return image == null ? Card.draw(size, scene.caption()) : image;
    }

    private static int even(double length) {
        return Math.max(16, (int) Math.round(length / 2) * 2);
    }

    private static @Nullable BufferedImage decoded(Picture picture) {
        if (picture.header().pixels() > PIXEL_LIMIT) {
            return null;
        }
        File file = picture.file().toFile();
        try (ImageInputStream in = ImageIO.createImageInputStream(file)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            return readers.hasNext()
                    ? Upright.turned(read(readers.next(), in), picture.header().orientation())
                    : null;
        } catch (IOException | RuntimeException e) {
            return null; // Not readable here does not mean broken: CMYK, for one, is beyond the JDK.
        }
    }

    private static BufferedImage read(ImageReader reader, ImageInputStream in) throws IOException {
        try {
            reader.setInput(in, true, true);
            if ((long) reader.getWidth(0) * reader.getHeight(0) > PIXEL_LIMIT) {
                throw new IOException("more pixels than the header said");
            }
            ImageReadParam param = reader.getDefaultReadParam();
            int step = Math.max(1, Math.max(reader.getWidth(0), reader.getHeight(0)) / (2 * LONG_SIDE));
            param.setSourceSubsampling(step, step, 0, 0);
            return reader.read(0, param);
        } finally {
            reader.dispose();
        }
    }
}
