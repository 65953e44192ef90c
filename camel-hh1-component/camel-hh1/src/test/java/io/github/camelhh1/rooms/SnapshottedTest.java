package io.github.camelhh1.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.Snapshots;
import io.github.camelhh1.simulation.VirtualTimers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row 38: between a body that its sender may change, and the rooms that decode and send it. */
class SnapshottedTest {
    @TempDir
    Path directory;

    private final VirtualTimers timers = new VirtualTimers();
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final CompletableFuture<Outcome> sent = new CompletableFuture<>();
    private final byte[] photo = {1, 2, 3};
    private Generation asked;

    private CompletableFuture<Outcome> generate(ImageContent content) {
        return generate(content, new Snapshots(() -> directory, work::add, Runnable::run));
    }

    private CompletableFuture<Outcome> generate(ImageContent content, Snapshots snapshots) {
        var room = Snapshotted.around(
                generation -> {
                    asked = generation;
                    return sent;
                },
                snapshots,
                timers);
        return room.generate(ScriptedGenerator.generation().withImage(content)).toCompletableFuture();
    }

    private void work() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private void isNotSent(CompletableFuture<Outcome> ending, String because) throws IOException {
        assertThat(ending)
                .isCompletedWithValueMatching(outcome -> outcome instanceof Outcome.NotSent notSent
                        && notSent.reason().contains(because)
                        && !notSent.passing());
        assertThat(asked).isNull();
        assertThat(files()).isEmpty();
    }

    @Nested
    class TheCopy {
        @Test
        void isWhatWasHashedAndForItsOwnerOnly() throws IOException {
            generate(ImageContent.of(photo));
            assertThat(asked).as("waits on no room").isNull();

            work();
            photo[0] = 9;

            assertThat(asked.content().sha256())
                    .isEqualTo(ImageContent.of(new byte[] {1, 2, 3}).sha256());
            try (InputStream in = asked.content().open()) {
                assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
            }
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(asked.content().file())))
                    .isEqualTo("rw-------");
        }

        @Test
        void goesOnceTheCallHasEnded() throws IOException {
            CompletableFuture<Outcome> ending = generate(ImageContent.of(photo));
            work();
            assertThat(files()).hasSize(1);

            sent.complete(ScriptedGenerator.REJECTED);
            work();

            assertThat(ending).isCompletedWithValue(ScriptedGenerator.REJECTED);
            assertThat(files()).isEmpty();
            assertThat(timers.pending()).isZero();
        }

        @Test
        void isNotMadeOfAFileThatNobodyElseChanges() throws IOException {
            Path own = Files.write(directory.resolve("own"), photo);
            generate(ImageContent.ofOwn(own));

            assertThat(asked.content().file()).isEqualTo(own);
            assertThat(work).isEmpty();
        }
    }

    @Nested
    class NothingIsSentOrLeft {
        @Test
        void ofAnImageThatHasChanged() throws IOException {
            CompletableFuture<Outcome> ending = generate(ImageContent.of(photo));
            photo[1] = 9;
            work();
            isNotSent(ending, "has changed since");
        }

        @Test
        void onceTheComponentStops() throws IOException {
            CompletableFuture<Outcome> ending = generate(ImageContent.of(photo));
            timers.stop();
            work();
            isNotSent(ending, "stopping");
        }

        @Test
        void pastGenerationTimeout() throws IOException {
            CompletableFuture<Outcome> ending = generate(ImageContent.of(photo));
            timers.pass(ScriptedGenerator.LIMITS.generationTimeout().plusSeconds(1));
            work();
            isNotSent(ending, "generationTimeout");
        }

        @Test
        void whenThereIsNoPlaceForIt() throws IOException {
            var noPlace = new Snapshots(
                    () -> {
                        throw new UncheckedIOException(new IOException("read-only file system"));
                    },
                    Runnable::run,
                    Runnable::run);
            isNotSent(generate(ImageContent.of(photo), noPlace), "java.io.tmpdir");
        }
    }
}
