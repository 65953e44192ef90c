package io.github.camelhh1.examples.filedrop.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelhh1.examples.filedrop.Maven;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maven with an empty repository, which it fills from the one of the build around this test: nothing is downloaded. */
class FirstRunTest {
    private static final Path NOTICE = Maven.project().resolve(".mvn/first-run");

    @TempDir
    private Path directory;

    private static String repository() {
        Optional<String> repository = Maven.repository();
        assumeTrue(repository.isPresent(), "the build's repository is unknown");
        return repository.orElseThrow();
    }

    private List<String> withAnEmptyRepository(String verbosity) throws Exception {
        String source = repository();
        Path settings = Files.writeString(
                directory.resolve("settings.xml"),
                "<settings><mirrors><mirror><id>files</id><mirrorOf>*</mirrorOf><url>"
                        + Path.of(source).toUri() + "</url></mirror></mirrors></settings>");
        Path empty = directory.resolve("repository");
        return Maven.run(
                Maven.project(), "-N", "validate", verbosity, "-s", settings.toString(), "-Dmaven.repo.local=" + empty);
    }

    @Test
    void aQuietBuildSaysFirstWhatItFetchesWhyAndHowMuch() throws Exception {
        // Newer JVMs warn of Maven's own libraries before it runs.
        String first = withAnEmptyRepository("-q").stream()
                .filter(line -> !line.contains("WARNING: "))
                .findFirst()
                .orElseThrow();
        assertThat(first)
                .contains(
                        "camel-hh1: Maven fetches ",
                        "does not have yet",
                        directory.toString(),
                        "the demo fetches about 90 MB");
    }

    @Test
    void aBuildThatIsNotQuietShowsWhatMavenShowsByItself() throws Exception {
        assertThat(withAnEmptyRepository("-e"))
                .noneMatch(line -> line.contains("camel-hh1: "))
                .anyMatch(line -> line.contains("Downloading from files"));
    }

    @Test
    void aBuildThatFetchesNothingSaysNothing() throws Exception {
        repository();

        assertThat(Maven.run(Maven.project(), "-N", "validate", "-q", "-o"))
                .noneMatch(line -> line.contains("camel-hh1: "));
    }

    @Test
    void theCommittedClassIsMadeOfTheCommittedSource() throws Exception {
        assumeTrue(Runtime.version().feature() == 17, "another compiler may write other bytes");
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release=8",
                        "-g:none",
                        "-classpath",
                        librariesOfMaven(),
                        "-d",
                        directory.toString(),
                        NOTICE.resolve("DownloadNotice.java").toString());

        assertThat(status).isZero();
        assertThat(directory.resolve("DownloadNotice.class"))
                .hasSameBinaryContentAs(NOTICE.resolve("DownloadNotice.class"));
    }

    private String librariesOfMaven() throws Exception {
        Path home = Maven.run(Maven.project(), "-v").stream()
                .filter(line -> line.startsWith("Maven home: "))
                .map(line -> Path.of(line.substring("Maven home: ".length())))
                .findFirst()
                .orElseThrow();
        try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
            return libraries.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }
}
