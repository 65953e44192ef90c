package io.github.camelhh1.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part deletes its own file only, and no other file that took its name. */
class PartFileTest {
    @TempDir
    Path directory;

    private Path part() {
        return directory.resolve("video.part");
    }

    private PartFile written() throws IOException {
        PartFile file = PartFile.create(directory, "video");
        file.channel().write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        return file;
    }

    /** The next download of that name takes the part's name as soon as it is free. */
    private void anotherTakesTheName() throws IOException {
        Files.delete(part());
        Files.writeString(part(), "another's");
    }

    @Test
    void leavesAnothersWhenItsOwnWasReplaced() throws IOException {
        PartFile file = written();
        anotherTakesTheName();
        assertThatThrownBy(file::claim).isInstanceOf(NoSuchFileException.class);
        file.close();
        assertThat(part()).hasContent("another's");
    }

    /** As after a rename, where the file system has no hard links. */
    @Test
    void leavesAnothersThatCameAfterItsOwnGotItsName() throws IOException {
        PartFile file = written();
        Path claimed = file.claim();
        anotherTakesTheName();
        file.close();
        assertThat(part()).hasContent("another's");
        assertThat(claimed).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void deletesItsOwn() throws IOException {
        written().close();
        assertThat(directory).isEmptyDirectory();
        PartFile file = written();
        Path claimed = file.claim();
        file.close();
        assertThat(directory).isDirectoryContaining(path -> path.equals(claimed));
        assertThat(part()).doesNotExist();
    }

    @Test
    void endsWhenItsOwnIsGone() throws IOException {
        PartFile file = written();
        Files.delete(part());
        file.close();
        assertThat(directory).isEmptyDirectory();
    }
}
