package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row 29 on a disk that is full. */
class FullVideoDiskTest {
    @TempDir
    static Path directory;

    private static TinyDisk.Said said;

    @BeforeAll
    static void run() throws Exception {
        said = TinyDisk.run(FullVideoDiskMain.class, directory);
    }

    private static void failedClean(String when) {
        assertThat(said.answer(when))
                .contains("is billed", "cannot write the video to the directory", "No space left")
                .contains("Send its link to hh1:download again");
        assertThat(said.answer(when + ", link")).isEqualTo("true");
        assertThat(said.answer(when + ", files")).isEqualTo("[filler]");
    }

    @Test
    void row29aFullDiskFailsTheDownloadCleanAndAtOnce() {
        failedClean("while full");
        failedClean("full after a cut");
        assertThat(said.answer("requests")).isEqualTo("3");
    }

    @Test
    void row29theSameLinkWorksWhenThereIsRoom() {
        assertThat(said.answer("with room again")).isEqualTo("video");
        assertThat(said.answer("with room again, files")).matches("\\[[^,]+\\.mp4]");
        assertThat(said.answer("charges")).isEqualTo("1");
    }
}
