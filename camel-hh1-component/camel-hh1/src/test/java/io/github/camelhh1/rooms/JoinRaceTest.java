package io.github.camelhh1.rooms;

import static io.github.camelhh1.rooms.ScriptedGenerator.COMPLETED;
import static io.github.camelhh1.rooms.ScriptedGenerator.REFUSED_CONNECTION;
import static io.github.camelhh1.rooms.ScriptedGenerator.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generation.Limits;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.DelegatingSession;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.simulation.FragileSession;
import io.github.camelhh1.simulation.ReportLog;
import io.github.camelhh1.simulation.VirtualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Deliveries of one key that come, join and try again at the worst of moments. */
class JoinRaceTest {
    /** Longer than any pause between two tries to write. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Ledger ledger = Ledgers.memory();
    private final FragileSession session = new FragileSession(ledger.open());
    private final VirtualTimers time = new VirtualTimers();
    private final RunsUnderWay joins = new RunsUnderWay();
    private final ScriptedGenerator backend = new ScriptedGenerator();

    /** One component: its own owner, the JVM's joins. */
    private Generator node(FragileSession owner, Generator inner) {
        var books = new Bookkeeping(owner, Runnable::run, Runnable::run, Runnable::run, time, new ReportLog());
        return new OncePerKey(new Recorded(inner, books, time, null), books, joins);
    }

    private Generator node(Generator inner) {
        return node(session, inner);
    }

    private static Generation generation(String fingerprint, int maxPaidAttempts) {
        Limits plain = ScriptedGenerator.LIMITS;
        var limits = new Limits(
                plain.generationTimeout(),
                plain.maxAttempts(),
                plain.retryDelay(),
                plain.maxRetryDelay(),
                maxPaidAttempts);
        Generation any = ScriptedGenerator.generation(limits);
        var identity = Identity.of("account", "model", "key", fingerprint);
        return new Generation(any.request(), any.image(), identity, any.accepted(), limits);
    }

    private static Generation held() {
        return generation("fingerprint", 1);
    }

    private static Generation resent(int maxPaidAttempts) {
        return generation("fingerprint", maxPaidAttempts);
    }

    private static CompletableFuture<Outcome> run(Generator node, Generation generation) {
        return node.generate(generation).toCompletableFuture();
    }

    private Optional<Run> found() {
        return session.find(held().identity().runId());
    }

    private RunState state() {
        return found().map(Run::state).orElse(null);
    }

    private int paid() {
        return found().map(Run::paidAttempts).orElse(0);
    }

    @Nested
    class WhileAnotherOwnerEnds {
        private final CompletableFuture<Outcome> first = run(node(backend), held());

        /** Its ending comes between the ledger's answer and the look for whoever is at work. */
        private CompletableFuture<Outcome> secondWhenTheFirstEnds(Outcome ending) {
            var late = new DelegatingSession(ledger.open()) {
                @Override
                protected <T> T around(String method, Supplier<T> call) {
                    T answer = call.get();
                    if (method.equals("claim")
                            && answer instanceof Claiming.NotClaimed not
                            && not.reason() == Claiming.Reason.IN_FLIGHT) {
                        backend.lastCall().complete(ending);
                    }
                    return answer;
                }
            };
            return run(node(new FragileSession(late), ScriptedGenerator.ending(COMPLETED)), held());
        }

        @Test
        void theSecondGetsTheVideo() {
            Outcome second = secondWhenTheFirstEnds(COMPLETED).join();

            assertThat(first).isDone();
            assertThat(((Outcome.Completed) second).replayed()).isTrue();
        }

        @Test
        void theSecondIsHeld() {
            assertThat(secondWhenTheFirstEnds(UNKNOWN).join()).isInstanceOf(Outcome.Held.class);
        }

        @Test
        void theSecondIsSentWhereTheFirstWasNot() {
            Outcome second = secondWhenTheFirstEnds(REFUSED_CONNECTION).join();

            assertThat(((Outcome.Completed) second).replayed()).isFalse();
            assertThat(state()).isEqualTo(RunState.COMPLETED);
        }
    }

    /** The wrong request only asks the ledger; whether its key is free, the ledger says. */
    @Test
    void aRequestIsAnsweredWhileAnotherOneWithItsKeyIsRefused() {
        run(node(ScriptedGenerator.ending(COMPLETED)), held()).join();
        var right = new CompletableFuture<Outcome>();
        var here = new DelegatingSession(session) {
            @Override
            protected <T> T around(String method, Supplier<T> call) {
                if (method.equals("claim") && !right.isDone()) {
                    right.complete(run(node(backend), held()).getNow(UNKNOWN));
                }
                return call.get();
            }
        };

        Outcome wrong = run(node(new FragileSession(here), backend), generation("another request", 1))
                .join();

        assertThat(wrong).isInstanceOf(Outcome.KeyReused.class);
        assertThat(right.join())
                .isInstanceOfSatisfying(Outcome.Completed.class, completed -> assertThat(completed.replayed())
                        .isTrue());
    }

    /** The first of each key ends at any moment while the second asks the ledger and looks for the first. */
    @Test
    void noneOfManyIsTakenForAnotherNodes() throws Exception {
        var executor = Executors.newFixedThreadPool(8);
        try {
            Generator here = node((Generation generation) -> CompletableFuture.supplyAsync(
                    () -> after(ThreadLocalRandom.current().nextInt(2_000)), executor));
            Generator there = node(new FragileSession(ledger.open()), ScriptedGenerator.ending(COMPLETED));
            var seconds = new ArrayList<CompletableFuture<Outcome>>();
            for (int key = 0; key < 20_000; key++) {
                Generation any = ScriptedGenerator.generation(ScriptedGenerator.LIMITS);
                var identity = Identity.of("account", "model", "key-" + key, "fingerprint");
                var generation =
                        new Generation(any.request(), any.image(), identity, any.accepted(), ScriptedGenerator.LIMITS);
                here.generate(generation);
                seconds.add(CompletableFuture.supplyAsync(() -> there.generate(generation), executor)
                        .thenCompose(Function.identity()));
            }
            for (CompletableFuture<Outcome> second : seconds) {
                assertThat(second.get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.Completed.class);
            }
        } finally {
            executor.shutdown();
        }
    }

    private static Outcome after(int turns) {
        for (int turn = 0; turn < turns; turn++) {
            Thread.onSpinWait();
        }
        return COMPLETED;
    }

    @Nested
    class WhereUnknownIsSentAgain {
        private Outcome run(int maxPaidAttempts, Outcome... script) {
            var scripted = ScriptedGenerator.ending(script);
            Outcome outcome =
                    JoinRaceTest.run(node(scripted), resent(maxPaidAttempts)).join();
            assertThat(scripted.calls()).hasSizeLessThanOrEqualTo(script.length);
            return outcome;
        }

        @Test
        void itIsSentOnceMoreThoughOneAnswerOfTheLedgerGotLost() {
            session.loseAnswersOf("unknown");

            Outcome ending = run(2, UNKNOWN, COMPLETED);
            session.mend();
            time.pass(LONG);

            assertThat(ending).isInstanceOf(Outcome.Completed.class);
            assertThat(state()).as("the late write changes nothing").isEqualTo(RunState.COMPLETED);
            assertThat(paid()).isEqualTo(2);
        }
    }
}
