package io.github.camelhh1.rooms;

import static io.github.camelhh1.rooms.ScriptedGenerator.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BoundedTest {
    private final ScriptedGenerator backend = new ScriptedGenerator();
    private final List<Integer> order = new CopyOnWriteArrayList<>();

    private static Permits permits(int inFlight, int queued, boolean refuse) {
        return new Permits(inFlight, queued, refuse, Runnable::run);
    }

    private CompletableFuture<Outcome> run(Permits permits) {
        return Bounded.around(backend, permits)
                .generate(ScriptedGenerator.generation())
                .toCompletableFuture();
    }

    private CompletableFuture<Outcome> run(Permits permits, int name) {
        return run(permits).whenComplete((outcome, error) -> order.add(name));
    }

    @Nested
    class WithRoomInTheQueue {
        private final Permits permits = permits(2, 100, false);

        @Test
        void neverMoreAreInFlightThanAllowedAndTheFirstComesFirst() {
            List<CompletableFuture<Outcome>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(run(permits, i));
            }
            for (int done = 0; done < 100; done++) {
                assertThat(permits.inFlight()).isEqualTo(Math.min(2, 100 - done));
                assertThat(backend.calls()).hasSize(Math.min(100, done + 2));
                backend.calls().get(done).complete(COMPLETED);
                assertThat(all.get(done)).isCompletedWithValue(COMPLETED);
            }
            assertThat(order).isSorted().hasSize(100);
            assertThat(permits.inFlight()).isZero();
            assertThat(permits.waiting()).isZero();
        }

        @Test
        void whoeverWaitsIsLetGoAtStopInOrderAndNothingElseIsSent() {
            for (int i = 0; i < 6; i++) {
                run(permits, i);
            }
            permits.stop();

            assertThat(order).containsExactly(2, 3, 4, 5);
            assertThat(backend.calls()).hasSize(2);
            assertThat(run(permits).join()).isInstanceOf(Outcome.Busy.class);
            backend.calls().forEach(call -> call.complete(COMPLETED));
            assertThat(permits.inFlight()).isZero();
        }
    }

    @Nested
    class WhenANextRoomThrows {
        @Test
        void thePermitIsReleased() {
            Permits permits = permits(1, 10, false);
            Generator room = Bounded.around(
                    generation -> {
                        throw new StackOverflowError("a defect");
                    },
                    permits);

            assertThatThrownBy(() -> room.generate(ScriptedGenerator.generation())
                            .toCompletableFuture()
                            .join())
                    .hasRootCauseInstanceOf(StackOverflowError.class);
            assertThat(permits.inFlight()).isZero();
        }

        @Test
        void aStageThatFailsReleasesItAsWell() {
            Permits permits = permits(1, 10, false);
            run(permits);
            backend.lastCall().completeExceptionally(new AssertionError("a defect"));

            assertThat(permits.inFlight()).isZero();
        }
    }

    @Nested
    class WithAFullQueueThatRefuses {
        @Test
        void theNextIsRefusedAtOnce() {
            Permits permits = permits(1, 1, true);
            run(permits, 0);
            run(permits, 1);

            assertThat(run(permits).join()).isInstanceOfSatisfying(Outcome.Busy.class, busy -> assertThat(busy.reason())
                    .contains("maxInFlight")
                    .contains("maxQueued"));
            backend.lastCall().complete(COMPLETED);
            backend.lastCall().complete(COMPLETED);
            assertThat(order).containsExactly(0, 1);
        }
    }

    @Nested
    class WithoutAQueue {
        private final Permits permits = permits(1, 0, false);

        private Thread caller(int name) {
            Thread thread = new Thread(() -> run(permits, name));
            int before = permits.waiting();
            thread.start();
            await().until(() -> permits.waiting() == before + 1);
            return thread;
        }

        @Test
        void theCallersThreadIsHeldBackUntilAPermitIsFree() throws Exception {
            run(permits, 0);
            Thread first = caller(1);
            Thread second = caller(2);

            backend.calls().get(0).complete(COMPLETED);
            first.join(5_000);
            assertThat(first.isAlive()).isFalse();
            assertThat(second.isAlive()).isTrue();
            await().until(() -> backend.calls().size() == 2);
            backend.calls().get(1).complete(COMPLETED);
            second.join(5_000);
            await().until(() -> backend.calls().size() == 3);
            backend.calls().get(2).complete(COMPLETED);

            assertThat(order).containsExactly(0, 1, 2);
            assertThat(permits.inFlight()).isZero();
        }

        @Test
        void aHeldBackCallerIsLetGoAtStop() throws Exception {
            run(permits, 0);
            Thread first = caller(1);
            Thread second = caller(2);

            permits.stop();

            first.join(5_000);
            second.join(5_000);
            await().untilAsserted(() -> assertThat(order).containsExactlyInAnyOrder(1, 2));
            assertThat(backend.calls()).hasSize(1);
        }

        @Test
        void aHeldBackCallerThatIsInterruptedLeavesTheLineAndStaysInterrupted() throws Exception {
            run(permits, 0);
            var interrupted = new CompletableFuture<Boolean>();
            var outcome = new CompletableFuture<Outcome>();
            Thread caller = new Thread(() -> {
                outcome.complete(run(permits).join());
                interrupted.complete(Thread.currentThread().isInterrupted());
            });
            caller.start();
            await().until(() -> permits.waiting() == 1);

            caller.interrupt();

            assertThat(outcome.join()).isInstanceOf(Outcome.Busy.class);
            assertThat(interrupted.join()).isTrue();
            assertThat(permits.waiting()).isZero();
            assertThat(permits.inFlight()).isEqualTo(1);
        }
    }

    @Nested
    class WithASmallQueueThatHoldsBack {
        @Test
        void theHeldBackMoveUpInOrder() throws Exception {
            Permits permits = permits(1, 1, false);
            run(permits, 0);
            run(permits, 1);
            Thread held = new Thread(() -> run(permits, 2));
            held.start();
            await().until(() -> permits.waiting() == 2);

            backend.calls().get(0).complete(COMPLETED);
            held.join(5_000);
            assertThat(held.isAlive()).as("it has a place in the queue").isFalse();
            backend.calls().get(1).complete(COMPLETED);
            backend.calls().get(2).complete(COMPLETED);

            assertThat(order).containsExactly(0, 1, 2);
        }

        @Test
        void whoIsRecalledLeavesItsPlaceToTheNext() throws Exception {
            Permits permits = permits(1, 1, false);
            run(permits, 0);
            var recalled = ScriptedGenerator.generation();
            var waits = Bounded.around(backend, permits).generate(recalled).toCompletableFuture();
            Thread held = new Thread(() -> run(permits, 2));
            held.start();
            await().until(() -> permits.waiting() == 2);

            recalled.accepted().recalled().complete(null);

            assertThat(waits.join()).isInstanceOf(Outcome.Busy.class);
            held.join(5_000);
            assertThat(held.isAlive()).as("it has a place in the queue").isFalse();
            backend.calls().get(0).complete(COMPLETED);
            backend.calls().get(1).complete(COMPLETED);
            assertThat(order).containsExactly(0, 2);
            assertThat(permits.inFlight()).isZero();
        }
    }
}
