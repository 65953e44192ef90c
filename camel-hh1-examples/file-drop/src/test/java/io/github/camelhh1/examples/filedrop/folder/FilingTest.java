package io.github.camelhh1.examples.filedrop.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilingTest {
    @TempDir
    private Path root;

    private DropFolder folder;
    private Filing filing;

    @BeforeEach
    void create() throws IOException {
        folder = new DropFolder(root);
        folder.create();
        filing = new Filing(folder);
    }

    private Path in(String name, String content) throws IOException {
        return Files.writeString(folder.in().resolve(name), content);
    }

    @Test
    void promisedNamesAreGivenOnce() throws IOException {
        Path cat = in("cat.jpg", "1");
        Files.createFile(folder.out().resolve("cat.json"));

        assertThat(filing.promise(cat)).isEqualTo("cat-2");
        assertThat(filing.promise(cat)).isEqualTo("cat-3");
        filing.release("cat-2");
        assertThat(filing.promise(cat)).isEqualTo("cat-2");
    }

    @Test
    void onePhotoKeepsOneNumber() throws IOException {
        Files.createFile(folder.failed().resolve("cat.error.txt"));
        Path cat = in("cat.jpg", "1");
        Path words = in("cat.txt", "words");

        filing.toFailed(Source.of(cat), "why");

        assertThat(folder.failed().resolve("cat-2.jpg")).hasContent("1");
        assertThat(folder.failed().resolve("cat-2.txt")).hasContent("words");
        assertThat(folder.failed().resolve("cat-2.error.txt")).hasContent("why");
        assertThat(words).doesNotExist();
    }

    @Test
    void aReaderNeverSeesHalfANote() throws Exception {
        String reason = "why ".repeat(2_000_000);
        Path note = folder.failed().resolve("cat.error.txt");
        Path cat = in("cat.jpg", "1");
        CompletableFuture<Long> seen = CompletableFuture.supplyAsync(() -> firstLength(note));

        filing.toFailed(Source.of(cat), reason);

        assertThat(seen.get(1, TimeUnit.MINUTES)).isEqualTo(reason.length());
    }

    private static long firstLength(Path file) {
        while (!Files.exists(file)) {
            Thread.onSpinWait();
        }
        return file.toFile().length();
    }

    @Nested
    class ASidecarOfTwoPhotos {

        @Test
        void goesWithTheLast() throws IOException {
            Path jpg = in("cat.jpg", "1");
            Path png = in("cat.png", "2");
            Path words = in("cat.txt", "words");

            filing.toDone(Source.of(jpg));
            assertThat(words).exists();
            filing.toDone(Source.of(png));

            assertThat(words).doesNotExist();
            assertThat(folder.done()).isDirectoryContaining("glob:**/cat.jpg").isDirectoryContaining("glob:**/cat.txt");
            assertThat(folder.done())
                    .isDirectoryContaining("glob:**/cat-2.png")
                    .isDirectoryContaining("glob:**/cat-2.txt");
        }
    }

    @Test
    void aPhotoThatCannotBeMovedStaysAndNothingIsLost() throws IOException {
        Path cat = in("cat.jpg", "1");
        Files.delete(folder.done());
        Files.createFile(folder.done());

        assertThatThrownBy(() -> filing.toDone(Source.of(cat))).isInstanceOf(IOException.class);

        assertThat(cat).hasContent("1");
        filing.letAlone(cat);
        assertThat(filing.isLetAlone(cat)).isTrue();
    }

    @Nested
    class AMoveThatAKillInterrupts {
        private Path cat;
        private Path words;
        private Relocation move;

        @BeforeEach
        void begin() throws IOException {
            cat = in("cat.jpg", "1");
            words = in("cat.txt", "words");
            move = new Relocation(
                    List.of(
                            new Relocation.Move("in/cat.jpg", "failed/cat.jpg", false, hash(cat)),
                            new Relocation.Move("in/cat.txt", "failed/cat.txt", false, hash(words))),
                    Map.of("failed/cat.error.txt", "why"));
            move.writeDown(folder);
        }

        private static String hash(Path file) throws IOException {
            return Original.of(file).sha256();
        }

        /** As the next program does. */
        private void finish() throws IOException {
            new Filing(folder).finishMove();

            assertThat(folder.failed().resolve("cat.jpg")).hasContent("1");
            assertThat(folder.failed().resolve("cat.txt")).hasContent("words");
            assertThat(folder.failed().resolve("cat.error.txt")).hasContent("why");
            assertThat(folder.in()).isEmptyDirectory();
            assertThat(folder.root()).isDirectoryNotContaining("glob:**/.moving*");
        }

        @Test
        void isFinishedFromItsBegin() throws IOException {
            finish();
        }

        @Test
        void isFinishedAfterThePhoto() throws IOException {
            Files.move(cat, folder.failed().resolve("cat.jpg"));

            finish();
        }

        @Test
        void isFinishedAfterTheSidecarAndWithHalfANote() throws IOException {
            Files.move(cat, folder.failed().resolve("cat.jpg"));
            Files.move(words, folder.failed().resolve("cat.txt"));
            Files.writeString(folder.failed().resolve("cat.error.txt"), "w");

            finish();
        }

        @Test
        void isGivenUpWhenItsPlaceIsTaken() throws IOException {
            Files.writeString(folder.failed().resolve("cat.jpg"), "somebody else's");

            new Filing(folder).finishMove();

            assertThat(folder.failed().resolve("cat.jpg")).hasContent("somebody else's");
            assertThat(cat).hasContent("1");
            assertThat(words).hasContent("words");
        }

        @Test
        void leavesAPhotoThatWasReplacedBeforeTheNextStart() throws IOException {
            Files.writeString(cat, "another");

            new Filing(folder).finishMove();

            assertThat(cat).hasContent("another");
            assertThat(words).hasContent("words");
            assertThat(folder.failed().resolve("cat.jpg")).doesNotExist();
            assertThat(folder.failed().resolve("cat.error.txt"))
                    .content()
                    .startsWith("why")
                    .contains("has changed");
        }

        @Test
        void leavesAPhotoThatCameAfterTheFirstWasMoved() throws IOException {
            Files.move(cat, folder.failed().resolve("cat.jpg"));
            Files.writeString(cat, "another");

            new Filing(folder).finishMove();

            assertThat(cat).hasContent("another");
            assertThat(words).hasContent("words");
            assertThat(folder.failed().resolve("cat.jpg")).hasContent("1");
            assertThat(folder.failed().resolve("cat.error.txt")).hasContent("why");
        }

        @Test
        void leavesASidecarThatCameAfterThePhotoWasMoved() throws IOException {
            Files.move(cat, folder.failed().resolve("cat.jpg"));
            Files.writeString(words, "of the next photo");

            new Filing(folder).finishMove();

            assertThat(words).hasContent("of the next photo");
            assertThat(folder.failed().resolve("cat.jpg")).hasContent("1");
            assertThat(folder.failed().resolve("cat.error.txt")).hasContent("why");
        }

        /** Its list has no hashes. */
        @Test
        void isFinishedWhenAnEarlierVersionHadBegunIt() throws IOException {
            Path list = root.resolve(".moving.json");
            Files.writeString(list, Files.readString(list).replaceAll(",\"sha256\":\"\\w+\"", ""));

            finish();
        }

        @Test
        void isNotBegunWithHalfAPlan() throws IOException {
            Files.move(folder.root().resolve(".moving.json"), folder.root().resolve(".moving.json.part"));

            new Filing(folder).finishMove();

            assertThat(cat).exists();
            assertThat(words).exists();
            assertThat(folder.root()).isDirectoryNotContaining("glob:**/.moving*");
        }
    }

    @Test
    void aFolderHasOneProgram() throws IOException {
        try (FolderLock lock = FolderLock.take(folder).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(FolderLock.take(folder)).isEmpty();
        }
        try (FolderLock again = FolderLock.take(folder).orElseThrow()) {
            assertThat(again).isNotNull();
        }
    }
}
