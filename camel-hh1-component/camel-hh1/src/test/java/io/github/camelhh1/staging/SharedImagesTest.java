package io.github.camelhh1.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One image, many who need it, and a store that answers when the test says so. */
class SharedImagesTest {
    private static final Duration NEEDED = Duration.ofMinutes(10);
    private static final Duration LIFE = Duration.ofMinutes(15);

    private static final SharedImages.Name PHOTO = new SharedImages.Name("store", "photo");

    /** The number of runs that need the photo, by the ledger. */
    private volatile int runs;

    private volatile boolean ledgerIsAway;

    private final AtomicLong now = new AtomicLong();
    private final SharedImages images = new SharedImages(
            now::get,
            reference -> ledgerIsAway
                    ? CompletableFuture.failedStage(new IllegalStateException("away"))
                    : CompletableFuture.completedStage(runs > 0));
    private final Deque<CompletableFuture<String>> puts = new ArrayDeque<>();
    private final Deque<CompletableFuture<Boolean>> removals = new ArrayDeque<>();
    private int putsBegun;
    private int removalsBegun;

    private CompletableFuture<String> use() {
        return images.use(PHOTO, NEEDED, LIFE, () -> {
                    putsBegun++;
                    puts.add(new CompletableFuture<>());
                    return puts.getLast();
                })
                .toCompletableFuture();
    }

    private CompletionStage<Boolean> removal() {
        removalsBegun++;
        removals.add(new CompletableFuture<>());
        return removals.getLast();
    }

    private void release() {
        images.release(PHOTO, this::removal);
    }

    private void keep() {
        runs++;
        images.keep(PHOTO);
    }

    private void unkeep() {
        runs--;
        images.unkeep(PHOTO, this::removal);
    }

    private void put() {
        puts.remove().complete("https://s.example/photo" + putsBegun);
    }

    @Nested
    class NeededByTwoAtOnce {
        @Test
        void isPutOnceAndRemovedWhenBothAreDone() {
            CompletableFuture<String> first = use();
            CompletableFuture<String> second = use();
            put();
            assertThat(first).isCompletedWithValue("https://s.example/photo1");
            assertThat(second).isCompletedWithValue("https://s.example/photo1");
            assertThat(putsBegun).isOne();
            release();
            assertThat(removalsBegun).isZero();
            release();
            assertThat(removalsBegun).isOne();
            removals.remove().complete(true);
            assertThat(images.size()).isZero();
        }

        @Test
        void isPutAgainWhenItsUrlWouldDieTooSoon() {
            use();
            put();
            now.addAndGet(Duration.ofMinutes(4).toNanos());
            use();
            assertThat(putsBegun).isOne();
            now.addAndGet(Duration.ofMinutes(2).toNanos());
            CompletableFuture<String> late = use();
            assertThat(putsBegun).isEqualTo(2);
            put();
            assertThat(late).isCompletedWithValue("https://s.example/photo2");
            release();
            release();
            assertThat(removalsBegun).isZero();
            release();
            assertThat(removalsBegun).isOne();
        }

        @Test
        void isNotRememberedWhenItCouldNotBePut() {
            CompletableFuture<String> first = use();
            CompletableFuture<String> second = use();
            puts.remove().completeExceptionally(new IllegalStateException("full"));
            assertThat(first).isCompletedExceptionally();
            assertThat(second).isCompletedExceptionally();
            release();
            release();
            assertThat(removalsBegun).isZero();
            assertThat(images.size()).isZero();
            CompletableFuture<String> third = use();
            put();
            assertThat(third).isCompleted();
        }
    }

    @Nested
    class NeededAgainWhileItIsRemoved {
        @Test
        void waitsAndIsPutAgain() {
            use();
            put();
            release();
            CompletableFuture<String> next = use();
            assertThat(putsBegun).isOne();
            removals.remove().complete(true);
            assertThat(putsBegun).isEqualTo(2);
            put();
            assertThat(next).isCompletedWithValue("https://s.example/photo2");
        }

        @Test
        void isPutAgainThoughTheRemovalFails() {
            use();
            put();
            release();
            CompletableFuture<String> next = use();
            removals.remove().completeExceptionally(new IllegalStateException("away"));
            put();
            assertThat(next).isCompleted();
        }
    }

    @Nested
    class Kept {
        @Test
        void staysUntilItIsAdoptedOrForgotten() {
            use();
            put();
            keep();
            use();
            put();
            release();
            assertThat(removalsBegun).isZero();
            unkeep();
            assertThat(removalsBegun).isOne();
        }

        @Test
        void staysAsLongAsAnotherNeedsIt() {
            use();
            put();
            use();
            keep();
            unkeep();
            assertThat(removalsBegun).isZero();
            release();
            assertThat(removalsBegun).isOne();
        }

        @Test
        void forTwoRunsStaysUntilBothAreSettled() {
            use();
            use();
            put();
            keep();
            keep();
            unkeep();
            assertThat(removalsBegun).isZero();
            unkeep();
            assertThat(removalsBegun).isOne();
        }

        @Test
        void isPutAgainForWhoComesNextAndGoesWithItWhenAnotherNodeHasSettledTheRun() {
            use();
            put();
            keep();
            runs--;
            CompletableFuture<String> next = use();
            put();
            assertThat(next).isCompletedWithValue("https://s.example/photo2");
            release();
            assertThat(removalsBegun).isOne();
        }

        @Test
        void staysKeptThoughTheLedgerCouldNotBeAskedOnce() {
            use();
            put();
            keep();
            use();
            put();
            ledgerIsAway = true;
            release();
            ledgerIsAway = false;
            use();
            put();
            release();
            assertThat(removalsBegun).isZero();
            unkeep();
            assertThat(removalsBegun).isOne();
        }

        @Test
        void inAnEarlierStartStaysThoughAnotherIsDone() {
            images.keptEarlier(List.of("photo\thttps://s.example/photo", "other"));
            runs = 1;
            use();
            put();
            release();
            assertThat(removalsBegun).isZero();
            unkeep();
            assertThat(removalsBegun).isOne();
        }

        @Test
        void inAnEarlierStartIsRemovedToo() {
            runs = 1;
            unkeep();
            assertThat(removalsBegun).isOne();
            removals.remove().complete(true);
            assertThat(images.size()).isZero();
        }
    }

    @Nested
    class UnderManyThreads {
        @Test
        void isAlwaysThereForWhoeverHasItsUrl() throws Exception {
            var there = new AtomicBoolean();
            var overlapping = new AtomicInteger();
            List<String> broken = new ArrayList<>();
            var threads = new ArrayList<CompletableFuture<Void>>();
            for (int thread = 0; thread < 4; thread++) {
                var random = new Random(thread);
                threads.add(CompletableFuture.runAsync(() -> {
                    for (int turn = 0; turn < 2_000; turn++) {
                        oneUse(there, overlapping, broken, random.nextInt(10) == 0);
                    }
                }));
            }
            CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).get();
            // The last removal may still be under way.
            await().untilAsserted(() -> assertThat(there).isFalse());
            await().untilAsserted(() -> assertThat(images.size()).isZero());
            assertThat(broken).isEmpty();
        }

        private void oneUse(AtomicBoolean there, AtomicInteger overlapping, List<String> broken, boolean unknown) {
            images.use(PHOTO, NEEDED, LIFE, () -> at(overlapping, broken, "url", () -> there.set(true)))
                    .toCompletableFuture()
                    .join();
            if (!there.get()) {
                synchronized (broken) {
                    broken.add("gone while it was needed");
                }
            }
            if (unknown) {
                images.keep(PHOTO);
                images.unkeep(PHOTO, () -> at(overlapping, broken, true, () -> there.set(false)));
            } else {
                images.release(PHOTO, () -> at(overlapping, broken, true, () -> there.set(false)));
            }
        }

        private static <T> CompletionStage<T> at(
                AtomicInteger overlapping, List<String> broken, T value, Runnable work) {
            return CompletableFuture.supplyAsync(() -> {
                if (overlapping.incrementAndGet() > 1) {
                    synchronized (broken) {
                        broken.add("a put and a removal at once");
                    }
                }
                work.run();
                overlapping.decrementAndGet();
                return value;
            });
        }
    }
}
