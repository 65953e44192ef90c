package io.github.camelhh1.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.Fuzz;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A decoder takes no more memory than the header lets expect: a process with a small heap, whose address space may grow
 * by 64 MB, has enough memory for every image. {@code src/main/docs/fuzzing.md} describes the long form.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "prlimit limits the address space of a process")
class DecoderMemoryTest {
    private static final int MUTANTS = Fuzz.inputs(200);
    private static final int MEGABYTES_BESIDE_THE_HEAP = 64;

    @TempDir
    Path directory;

    @Test
    void isEnoughForEveryBomb() throws Exception {
        assertThat(inAProcessOf(128, 0))
                .contains("the limit is felt")
                .noneMatch(line -> line.startsWith("lacks memory"));
    }

    @Test
    void isEnoughForMutantsThatAreAccepted() throws Exception {
        List<String> said = inAProcessOf(64, MUTANTS);
        System.out.println("Memory of decoders: " + said);
        assertThat(said).contains("the limit is felt").noneMatch(line -> line.startsWith("lacks memory"));
        assertThat(said).last().asString().startsWith(MUTANTS + " accepted");
    }

    private List<String> inAProcessOf(int heap, int mutants) throws Exception {
        Path said = directory.resolve("said.txt");
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=32m",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                DecoderMemoryMain.class.getName(),
                Files.createDirectories(directory.resolve("fixed")).toString(),
                String.valueOf(MEGABYTES_BESIDE_THE_HEAP),
                String.valueOf(mutants),
                String.valueOf(Fuzz.firstSeed()));
        // Each thread would reserve 64 MB of addresses for itself.
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        int status = builder.redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        List<String> lines = Files.readAllLines(said);
        assertThat(status).as(String.join("\n", lines)).isZero();
        return lines;
    }
}
