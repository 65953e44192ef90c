package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row 26 on a disk that is full. */
class FullDiskTest {
    @TempDir
    static Path directory;

    private static TinyDisk.Said said;

    @BeforeAll
    static void run() throws Exception {
        said = TinyDisk.run(FullDiskMain.class, directory);
    }

    private static String answer(String question) {
        return said.answer(question);
    }

    @Test
    void row26theDiskWasReallyFull() {
        assertThat(answer("at first")).isEqualTo("video");
        assertThat(answer("filled")).contains("No space left");
    }

    @Test
    void row26whatWasInFlightReachesTheRouteAndTheLedgerLater() {
        assertThat(answer("in flight")).isEqualTo("video");
        assertThat(answer("states")).isEqualTo("COMPLETED COMPLETED");
    }

    @Test
    void row26nothingIsSentWhileItIsFull() {
        assertThat(answer("while full"))
                .startsWith("NotSentException")
                .contains("make room on the disk")
                .contains("Nothing is billed");
        assertThat(answer("posts")).isEqualTo("2");
    }

    @Test
    void row26workGoesOnWhenThereIsRoom() {
        assertThat(answer("with room again")).isEqualTo("video");
        assertThat(answer("charges")).isEqualTo("3");
    }
}
