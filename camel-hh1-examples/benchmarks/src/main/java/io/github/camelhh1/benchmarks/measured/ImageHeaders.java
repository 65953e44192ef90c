package io.github.camelhh1.benchmarks.measured;

import io.github.camelhh1.benchmarks.report.Goal;
import io.github.camelhh1.benchmarks.report.Report;
import io.github.camelhh1.benchmarks.report.Series;
import io.github.camelhh1.image.ImageLook;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** The cost of reading the size of a large image: bytes and time. */
public final class ImageHeaders implements Benchmark {
    private static final int MOST_READ = 64 * 1024;
    private static final double MOST_MILLIS = 10;
    private static final int LOOKS = 200;
    private static final int SEGMENTS = 20;
    private static final int SEGMENT = 65_533;

    private record Look(double millis, long read) {}

    /** Skipped bytes are not read. */
    private static final class Counted extends FilterInputStream {
        private long read;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            read += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int given = super.read(target, offset, length);
            read += Math.max(0, given);
            return given;
        }
    }

    @Override
    public Report run(Scale scale) throws IOException {
        var rows = new ArrayList<List<String>>();
        boolean few = true;
        boolean fast = true;
        for (String kind : List.of("JPEG", "PNG")) {
            byte[] image = image(kind, scale.headerBytes());
            Path file = Files.write(Files.createTempFile("hh1-header-", ".image"), image);
            try {
                Look first = look(file);
                var looks = new ArrayList<Look>();
                for (int i = 0; i < LOOKS; i++) {
                    looks.add(look(file));
                }
                var millis = new Series(looks.stream().map(Look::millis).toList());
                rows.add(List.of(
                        kind,
                        String.valueOf(image.length),
                        String.valueOf(first.read()),
                        String.format(Locale.ROOT, "%.2f", first.millis()),
                        millis.text(3)));
                few &= first.read() < MOST_READ;
                fast &= millis.median() < MOST_MILLIS;
            } finally {
                Files.delete(file);
            }
        }
        return new Report(
                "Header of a large image",
                "Format, size in pixels and orientation of a file, as preflight reads them: a JPEG with " + SEGMENTS
                        + " segments of 64 KB before its size, and a PNG. First look in the JVM, which loads classes, and "
                        + LOOKS
                        + " more, of which median and spread; the file is in the system's cache.",
                List.of("image", "bytes", "bytes read", "first look, ms", "further looks, ms"),
                rows,
                List.of(
                        new Goal("under 64 KB read", few),
                        new Goal("under " + MOST_MILLIS + " ms at the median", fast)));
    }

    private static Look look(Path file) throws IOException {
        long began = System.nanoTime();
        try (var in = new Counted(Files.newInputStream(file))) {
            ImageLook look = ImageLook.at(in, Files.size(file));
            double millis = (System.nanoTime() - began) / 1e6;
            if (look.header() == null) {
                throw new IllegalStateException("no header was found: " + look.problem());
            }
            return new Look(millis, in.read);
        }
    }

    private static byte[] image(String kind, int bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB), kind, out);
        byte[] picture = out.toByteArray();
        if (!kind.equals("JPEG")) {
            return Arrays.copyOf(picture, Math.max(bytes, picture.length));
        }
        out.reset();
        out.write(picture, 0, 2);
        for (int i = 0; i < SEGMENTS; i++) {
            out.write(new byte[] {(byte) 0xff, (byte) 0xe2, (byte) ((SEGMENT + 2) >> 8), (byte) (SEGMENT + 2)});
            out.write(new byte[SEGMENT]);
        }
        out.write(picture, 2, picture.length - 2);
        return Arrays.copyOf(out.toByteArray(), Math.max(bytes, out.size()));
    }
}
