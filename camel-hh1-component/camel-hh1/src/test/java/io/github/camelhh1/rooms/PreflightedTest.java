package io.github.camelhh1.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageLook;
import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.image.preflight.Preflight.Found;
import io.github.camelhh1.image.preflight.Preflight.Verdict;
import io.github.camelhh1.simulation.VirtualTimers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Between a look at an image, which may take its time, and the sending. */
class PreflightedTest {
    private final VirtualTimers timers = new VirtualTimers();
    private final ScriptedGenerator next = new ScriptedGenerator();
    private final CompletableFuture<Found> found = new CompletableFuture<>();
    private final CompletableFuture<Verdict> fixed = new CompletableFuture<>();
    private boolean discarded;

    private final Preflight.Fixer fixer = new Preflight.Fixer() {
        @Override
        public @Nullable String objection(ImageLook look) {
            return null;
        }

        @Override
        public CompletionStage<Verdict> fix(ImageContent content) {
            return fixed;
        }
    };

    private final Generator room =
            Preflighted.around(next, new Preflight(Preflight.Mode.FIX, link -> found, fixer, line -> {}), timers);

    private CompletableFuture<Outcome> linked() {
        return room.generate(ScriptedGenerator.generation()).toCompletableFuture();
    }

    private static ImageContent gif() {
        return ImageContent.of("GIF89a\1\1\1\1\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
    }

    private CompletableFuture<Outcome> drawn() {
        Generation any = ScriptedGenerator.generation();
        return room.generate(any.withImage(gif())).toCompletableFuture();
    }

    private void isNotSent(CompletableFuture<Outcome> ending, String because) {
        assertThat(ending)
                .isCompletedWithValueMatching(outcome -> outcome instanceof Outcome.NotSent notSent
                        && notSent.reason().contains(because));
        assertThat(next.calls()).isEmpty();
    }

    @Nested
    class AnImageThatIsLookedAt {
        @Test
        void isNotSentOnceTheComponentStops() {
            CompletableFuture<Outcome> ending = linked();
            timers.stop();
            found.complete(new Found(null, "it hides"));
            isNotSent(ending, "stopping");
        }

        @Test
        void doesNotHoldItsMessageForEver() {
            CompletableFuture<Outcome> ending = linked();
            timers.pass(ScriptedGenerator.LIMITS.generationTimeout().plusSeconds(1));
            isNotSent(ending, "generationTimeout");
        }

        @Test
        void leavesNoTimerBehind() {
            linked();
            found.complete(new Found(null, "it hides"));
            assertThat(timers.pending()).isZero();
        }
    }

    @Nested
    class AnImageThatIsFixed {
        @Test
        void isNeitherSentNorLeftBehindOnceTheComponentStops() {
            CompletableFuture<Outcome> ending = drawn();
            timers.stop();
            fixed.complete(new Verdict.Fixed(gif(), "something", () -> discarded = true));
            isNotSent(ending, "stopping");
            assertThat(discarded).isTrue();
        }

        @Test
        void isSentInTime() {
            CompletableFuture<Outcome> ending = drawn();
            fixed.complete(new Verdict.Fixed(gif(), "something", () -> discarded = true));
            assertThat(discarded).isFalse();
            next.lastCall().complete(ScriptedGenerator.REJECTED);
            assertThat(ending).isCompletedWithValue(ScriptedGenerator.REJECTED);
            assertThat(discarded).isTrue();
        }
    }
}
