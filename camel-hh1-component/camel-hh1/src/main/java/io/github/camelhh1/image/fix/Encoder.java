package io.github.camelhh1.image.fix;

import io.github.camelhh1.image.ImageFormat;
import io.github.camelhh1.image.preflight.ImageLimits;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;

/** Writes a picture into a file that is not too long. */
final class Encoder {
    private static final float[] QUALITIES = {0.92f, 0.8f, 0.6f, 0.4f};

    private Encoder() {}

    /** What was drawn stays PNG, unless that is too long; photos become JPEG. Returns the format it was. */
    static ImageFormat encode(BufferedImage picture, ImageFormat source, Path file) throws IOException {
        if (source == ImageFormat.PNG || source == ImageFormat.GIF) {
            write(picture, ImageFormat.PNG, 1, file);
            if (isShort(file)) {
                return ImageFormat.PNG;
            }
        }
        for (float quality : QUALITIES) {
            write(picture, ImageFormat.JPEG, quality, file);
            if (isShort(file)) {
                break;
            }
        }
        return ImageFormat.JPEG;
    }

    private static boolean isShort(Path file) throws IOException {
        return Files.size(file) <= ImageLimits.SAFE_BYTES;
    }

    private static void write(BufferedImage picture, ImageFormat format, float quality, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format.title().toLowerCase(Locale.ROOT))
                .next();
        try (var target = new RandomAccessFile(file.toFile(), "rw");
                var out = new FileImageOutputStream(target)) {
            target.setLength(0);
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (format == ImageFormat.JPEG) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(quality);
            }
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
    }
}
