package io.github.camelhh1.benchmarks.jvm;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Images of a given length, no two alike: a small picture, and behind it bytes that no decoder looks at. */
public record ImageFiles(Path directory) implements AutoCloseable {

    public static ImageFiles make(int count, int bytes) throws IOException {
        Path directory = Files.createTempDirectory("hh1-images-");
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB), "png", out);
        byte[] picture = out.toByteArray();
        for (int i = 0; i < count; i++) {
            byte[] content = new byte[Math.max(bytes, picture.length)];
            new Random(i).nextBytes(content);
            System.arraycopy(picture, 0, content, 0, picture.length);
            Files.write(directory.resolve(name(i)), content);
        }
        return new ImageFiles(directory);
    }

    static String name(int number) {
        return number + ".png";
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
