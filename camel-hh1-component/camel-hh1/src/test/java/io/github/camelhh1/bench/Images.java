package io.github.camelhh1.bench;

import io.github.camelhh1.text.Sha256;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Photos for tests. */
public final class Images {
    private static final byte[] PNG = draw();

    private Images() {}

    /** A small PNG. */
    public static byte[] png() {
        return PNG.clone();
    }

    /** A PNG followed by as much filling as makes it so long. */
    public static byte[] padded(int megabytes) {
        return Arrays.copyOf(PNG, megabytes << 20);
    }

    public static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] draw() {
        try {
            var out = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB), "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String sha256(byte[] bytes) {
        var digest = Sha256.digest();
        digest.update(bytes);
        return Sha256.hex(digest);
    }
}
