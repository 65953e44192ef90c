package io.github.camelhh1.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.jdbc.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is frozen for longer than its lease, and another one with the same ledger gets the same photo meanwhile. */
@Tag("crash")
class PausedNodeTest {
    private static final String PHOTO = Checkpoint.WATCHED;

    @TempDir
    Path root;

    private MeterProcess meter;
    private TwoNodes nodes;
    private Driver paused;
    private boolean tasks;

    @BeforeEach
    void start() {
        meter = MeterProcess.start(root, TwoNodes.GENERATION);
        nodes = new TwoNodes(root, Postgres.freshUrl(), Duration.ofSeconds(1));
    }

    @AfterEach
    void stop() {
        paused.close();
        meter.close();
    }

    private void pauseAt(KillStep step) {
        nodes.folder("paused").drop(PHOTO);
        paused = Driver.start(nodes.orders("paused", meter, tasks).stoppingAt(step));
        paused.awaitStop(step);
        paused.jvm().signal("STOP");
    }

    private void deliverToTheOther() {
        nodes.folder("other").drop(PHOTO);
        Driver.finish(nodes.orders("other", meter, tasks));
    }

    private void goOn() {
        paused.jvm().signal("CONT");
        paused.go();
        paused.finish();
    }

    @Nested
    class BetweenClaimedAndSent {
        @Test
        void findsItsClaimGoneAndSendsNothing() {
            pauseAt(KillStep.CLAIMED);
            deliverToTheOther();
            assertThat(nodes.done("other")).containsExactly(PHOTO);
            assertThat(meter.charges()).containsExactly(PHOTO);

            goOn();
            assertThat(meter.requests()).hasSize(1);
            assertThat(nodes.done("paused")).containsExactly(PHOTO);
            assertThat(nodes.books().state(PHOTO)).isEqualTo(RunState.COMPLETED);
        }
    }

    @Nested
    class WhileItsTaskHasEnded {
        @Test
        void bothGetTheVideoThatIsPaidOnce() {
            tasks = true;
            pauseAt(KillStep.ANSWERED);
            deliverToTheOther();
            assertThat(nodes.done("other")).containsExactly(PHOTO);

            goOn();
            assertThat(nodes.done("paused")).containsExactly(PHOTO);
            assertThat(nodes.books().state(PHOTO)).isEqualTo(RunState.COMPLETED);
            assertThat(meter.charges()).containsExactly(PHOTO);
            assertThat(meter.requests()).hasSize(1);
        }
    }

    @Nested
    class BetweenSentAndSettled {
        @Test
        void settlesLateWhatWasAnsweredBefore() {
            pauseAt(KillStep.ANSWERED);
            settlesLate(1);
        }

        @Test
        void settlesLateWhatItSendsOnlyThen() {
            pauseAt(KillStep.SENT);
            settlesLate(0);
        }

        private void settlesLate(int chargesWhilePaused) {
            deliverToTheOther();
            assertThat(nodes.failed("other")).containsExactly(PHOTO);
            assertThat(nodes.books().state(PHOTO)).isEqualTo(RunState.UNKNOWN);
            assertThat(meter.charges()).hasSize(chargesWhilePaused);

            goOn();
            assertThat(nodes.done("paused")).containsExactly(PHOTO);
            assertThat(nodes.books().state(PHOTO)).isEqualTo(RunState.COMPLETED);

            deliverToTheOther();
            assertThat(nodes.done("other")).containsExactly(PHOTO);
            assertThat(meter.charges()).containsExactly(PHOTO);
            assertThat(meter.requests()).hasSize(1);
        }
    }
}
