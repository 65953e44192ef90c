package io.github.camelhh1.benchmarks.measured;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.benchmarks.report.Goal;
import io.github.camelhh1.benchmarks.report.Report;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The size that the component adds to an application, packed. */
public final class JarSize implements Benchmark {
    private static final int MOST_BYTES = 600 * 1024;

    @Override
    public Report run(Scale scale) throws IOException {
        long bytes = packedBytes();
        return new Report(
                "Size of the component's jar",
                "All that the class path holds of the component, packed anew. The simulator is an artifact of its own.",
                List.of("what", "bytes"),
                List.of(List.of("the component", String.valueOf(bytes))),
                List.of(new Goal("under 600 KB (" + MOST_BYTES + " bytes)", bytes < MOST_BYTES)));
    }

    /** Of the jar, or of the directory of classes where a build has not packed it yet. */
    static long packedBytes() throws IOException {
        Path component = location();
        if (Files.isDirectory(component)) {
            return packedBytes(component);
        }
        try (FileSystem jar = FileSystems.newFileSystem(component)) {
            return packedBytes(jar.getPath("/"));
        }
    }

    private static Path location() {
        try {
            return Path.of(Hh1Component.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path names the component in a way that is no URI", e);
        }
    }

    private static long packedBytes(Path root) throws IOException {
        var counted = new Counter();
        try (Stream<Path> files = Files.walk(root);
                ZipOutputStream zip = new ZipOutputStream(counted)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(root.relativize(file).toString()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return counted.bytes;
    }

    /** Keeps nothing but the count. */
    private static final class Counter extends FilterOutputStream {
        private long bytes;

        Counter() {
            super(OutputStream.nullOutputStream());
        }

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int offset, int length) {
            bytes += length;
        }
    }
}
