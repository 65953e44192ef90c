package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 38 and 44: an image that cannot be kept is not sent, and the message is not to blame. */
class FullSpoolDiskTest {
    @TempDir
    static Path directory;

    private static TinyDisk.Said said;

    @BeforeAll
    static void run() throws Exception {
        said = TinyDisk.runWithTemporaryFiles(FullSpoolDiskMain.class, directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"while full", "array while full"})
    void isSafeToSendAgain(String when) {
        assertThat(said.answer(when))
                .startsWith("Not sent: ")
                .contains("java.io.tmpdir", "No space left", "Nothing is billed");
        assertThat(said.answer(when + ", retry")).isEqualTo("SAFE NOT_BILLED");
        assertThat(said.answer("charges while full")).isEqualTo("0");
    }

    @Test
    void isSentWhenThereIsRoom() {
        assertThat(said.answer("with room again")).isEqualTo("video");
        assertThat(said.answer("array with room again")).isEqualTo("video");
        assertThat(said.answer("charges with room")).isEqualTo("2");
    }
}
