package io.github.camelhh1.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No packet goes to a forbidden address: a JVM that counts its channels opens none. */
class RefusedAddressesTest {
    private record Attempt(String kind, String ending, int channels, String link) {
        static Attempt parse(String line) {
            String[] parts = line.split(" ", 4);
            return new Attempt(parts[0], parts[1], Integer.parseInt(parts[2]), parts[3]);
        }
    }

    @TempDir
    static Path directory;

    private static List<Attempt> attempts;

    @BeforeAll
    static void run() throws Exception {
        Path hosts = Files.createFile(directory.resolve("hosts"));
        Path log = directory.resolve("log.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                        "-Djava.nio.channels.spi.SelectorProvider=" + CountingSelectorProvider.class.getName(),
                        "-Djdk.net.hosts.file=" + hosts,
                        "-Dsun.net.inetaddr.ttl=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RefusedAddressesMain.class.getName(),
                        Files.createDirectory(directory.resolve("videos")).toString())
                .redirectError(log.toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said + Files.readString(log)).isZero();
        attempts = said.lines().map(Attempt::parse).toList();
    }

    private static List<Attempt> of(String kind) {
        return attempts.stream().filter(attempt -> attempt.kind().equals(kind)).toList();
    }

    private static void assertRefused(List<Attempt> attempts) {
        assertThat(attempts).allSatisfy(attempt -> {
            assertThat(attempt.ending()).isEqualTo("Refused");
            assertThat(attempt.channels()).isZero();
        });
    }

    @Test
    void everySpellingIsRefused() {
        assertThat(of("direct")).hasSizeGreaterThanOrEqualTo(4 * 120);
        assertRefused(of("direct"));
    }

    @Test
    void everySpellingIsRefusedWhereARedirectPointsToIt() {
        assertThat(of("redirect")).hasSizeGreaterThanOrEqualTo(4 * 120);
        assertRefused(of("redirect"));
        assertThat(of("chain")).hasSize(3);
        assertRefused(of("chain"));
    }

    @Test
    void aNameIsRefusedWhenAnyOfItsAddressesIs() {
        assertThat(of("name")).hasSize(7);
        assertRefused(of("name"));
    }

    @Test
    void aNameThatMovesInsideIsRefused() {
        assertThat(of("rebinding")).hasSize(2);
        assertRefused(of("rebinding"));
    }

    @Test
    void aChannelToAnAllowedHostIsCounted() {
        assertThat(of("allowed")).singleElement().satisfies(attempt -> {
            assertThat(attempt.ending()).isEqualTo("Downloaded");
            assertThat(attempt.channels()).isEqualTo(1);
        });
    }
}
