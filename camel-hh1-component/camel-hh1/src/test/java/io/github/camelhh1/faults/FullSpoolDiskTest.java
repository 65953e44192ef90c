package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that cannot be kept is not sent, and the message is not to blame. */
class FullSpoolDiskTest {
    @TempDir
    static Path directory;

    private static TinyDisk.Said said;

    @BeforeAll
    static void run() throws Exception {
        said = TinyDisk.runWithTemporaryFiles(FullSpoolDiskMain.class, directory);
    }

    @Test
    void isSafeToSendAgain() {
        assertThat(said.answer("while full"))
                .startsWith("Not sent: ")
                .contains("java.io.tmpdir", "No space left", "Nothing is billed");
        assertThat(said.answer("while full, retry")).isEqualTo("SAFE NOT_BILLED");
        assertThat(said.answer("charges while full")).isEqualTo("0");
    }

    @Test
    void isSentWhenThereIsRoom() {
        assertThat(said.answer("with room again")).isEqualTo("video");
        assertThat(said.answer("charges with room")).isEqualTo("1");
    }
}
