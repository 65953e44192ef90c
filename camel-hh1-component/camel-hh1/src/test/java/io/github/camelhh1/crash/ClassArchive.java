package io.github.camelhh1.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The loaded classes of a driver, in a file that other JVMs map (class data sharing): they start with half the work. It is
 * made by a driver that has nothing to do, once for each JVM of tests. Classes must come from jars for that.
 */
final class ClassArchive {
    private static final List<String> OPTIONS = made();

    private ClassArchive() {}

    /** Of a JVM on the class path of the tests. A JVM that cannot map the archive starts without. */
    static List<String> options() {
        return OPTIONS;
    }

    private static List<String> made() {
        try {
            Path directory = Files.createTempDirectory("hh1-classes");
            var classPath = new ArrayList<String>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                classPath.add(Files.isDirectory(Path.of(entry)) ? jar(entry, directory, classPath.size()) : entry);
            }
            Path archive = directory.resolve("driver.jsa");
            List<String> path = List.of("-cp", String.join(File.pathSeparator, classPath));
            try (ChildJvm driver = ChildJvm.start(
                    directory.resolve(Driver.LOG),
                    Stream.concat(path.stream(), Stream.of("-XX:ArchiveClassesAtExit=" + archive))
                            .toList(),
                    DriverMain.class,
                    DriverSettings.in(PhotoFolder.in(directory), "http://127.0.0.1:1/client/v4")
                            .arguments())) {
                driver.await("running");
                driver.stop();
            }
            try (Stream<Path> files = Files.walk(directory)) {
                // The last is deleted first.
                files.sorted().map(Path::toFile).forEach(File::deleteOnExit);
            }
            return Stream.concat(path.stream(), Stream.of("-XX:SharedArchiveFile=" + archive))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String jar(String classes, Path directory, int number) {
        String jar = directory.resolve(number + ".jar").toString();
        int status =
                ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, "cf0", jar, "-C", classes, ".");
        assertThat(status).as("jar of " + classes).isZero();
        return jar;
    }
}
