package io.github.camelhh1.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.simulation.VirtualTimers;
import io.github.camelhh1.staging.Staging;
import io.github.camelhh1.staging.Staging.StagedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Between a store that may hang, and a service whose outcome decides what becomes of the image. */
class StagedTest {
    private static final ImageContent PHOTO = ImageContent.of(new byte[] {1, 2, 3});

    private final VirtualTimers timers = new VirtualTimers();
    private final Store store = new Store();
    private final CompletableFuture<Outcome> sent = new CompletableFuture<>();
    private Generation asked;

    private final Generator room = Staged.around(
            generation -> {
                asked = generation;
                return sent;
            },
            store,
            timers);

    /** Answers when the test says so. */
    private static final class Store implements Staging {
        private final CompletableFuture<StagedImage> put = new CompletableFuture<>();
        private final CompletableFuture<Void> removal = new CompletableFuture<>();
        private final List<String> removed = new ArrayList<>();
        private int released;
        private int kept;

        @Override
        public CompletionStage<StagedImage> stage(ImageContent content) {
            return put;
        }

        @Override
        public CompletionStage<StagedImage> link(RequestImage.Stored image) {
            return CompletableFuture.completedStage(StagedImage.inPlace("https://s.example/" + image.key()));
        }

        @Override
        public CompletionStage<Void> remove(String reference) {
            removed.add(reference);
            return removal;
        }

        private StagedImage image() {
            return new StagedImage(
                    "https://s.example/photo?signed",
                    "s3:photo",
                    () -> {
                        released++;
                        return removal;
                    },
                    () -> kept++);
        }

        @Override
        public void close() {}
    }

    private CompletableFuture<Outcome> generate() {
        Generation any = ScriptedGenerator.generation();
        return room.generate(any.withImage(PHOTO)).toCompletableFuture();
    }

    private CompletableFuture<Outcome> staged() {
        CompletableFuture<Outcome> ending = generate();
        store.put.complete(store.image());
        return ending;
    }

    private static Outcome rejected() {
        return new Outcome.Rejected("no", false, Trace.NONE);
    }

    @Nested
    class AnImageThatIsStaged {
        @Test
        void isSentByItsLinkAndRememberedWithoutItsSignature() {
            staged();
            assertThat(asked.image().title()).isEqualTo("https://s.example/photo?signed");
            assertThat(asked.staged()).isEqualTo("s3:photo");
            assertThat(asked.content()).isNull();
        }

        @Test
        void isGoneWhenTheOutcomeIsTold() {
            CompletableFuture<Outcome> ending = staged();
            sent.complete(rejected());
            assertThat(store.released).isOne();
            assertThat(ending).isNotDone();
            store.removal.complete(null);
            assertThat(ending).isCompletedWithValue(rejected());
        }

        @Test
        void holdsNoOutcomeBackForLongWhenItsStoreHangs() {
            CompletableFuture<Outcome> ending = staged();
            sent.complete(rejected());
            timers.pass(Duration.ofSeconds(11));
            assertThat(ending).isCompletedWithValue(rejected());
        }
    }

    @Nested
    class AnImageThatMayStillBeNeeded {
        @Test
        void stays() {
            var unknown = new Outcome.Unknown("silence", null, Trace.UNANSWERED);
            CompletableFuture<Outcome> ending = staged();
            sent.complete(unknown);
            assertThat(ending).isCompletedWithValue(unknown);
            assertThat(store.kept).isOne();
            assertThat(store.released).isZero();
            assertThat(store.removed).isEmpty();
        }

        @Test
        void goesUnlessTheLedgerNeedsItWhereTheClaimHasGoneToAnotherNode() {
            var inFlight = new Outcome.InFlight("another node");
            CompletableFuture<Outcome> ending = staged();
            sent.complete(inFlight);
            store.removal.complete(null);
            assertThat(ending).isCompletedWithValue(inFlight);
            assertThat(store.kept).isOne();
            assertThat(store.removed).containsExactly("s3:photo");
        }

        @Test
        void staysWhenARoomHasADefect() {
            CompletableFuture<Outcome> ending = staged();
            sent.completeExceptionally(new IllegalStateException("a defect"));
            assertThat(ending).isCompletedExceptionally();
            assertThat(store.kept).isOne();
        }
    }

    @Nested
    class AnImageThatComesTooLate {
        @Test
        void isNotSentAndNotLeftBehind() {
            CompletableFuture<Outcome> ending = generate();
            timers.pass(ScriptedGenerator.LIMITS.generationTimeout().plusSeconds(1));
            assertThat(ending.join())
                    .isInstanceOfSatisfying(Outcome.NotSent.class, notSent -> assertThat(notSent.reason())
                            .contains("generationTimeout"));
            store.put.complete(store.image());
            assertThat(asked).isNull();
            assertThat(store.released).isOne();
        }
    }

    @Nested
    class AnObjectThatLiesInItsBucket {
        @Test
        void isLinkedAndLetAlone() {
            CompletableFuture<Outcome> ending = room.generate(
                            ScriptedGenerator.generation().withImage(new RequestImage.Stored("photos", "a.png", null)))
                    .toCompletableFuture();
            assertThat(asked.image().title()).isEqualTo("https://s.example/a.png");
            assertThat(asked.staged()).isNull();
            sent.complete(rejected());
            assertThat(ending).isCompletedWithValue(rejected());
        }
    }
}
