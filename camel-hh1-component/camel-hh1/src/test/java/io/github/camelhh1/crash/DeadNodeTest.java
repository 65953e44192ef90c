package io.github.camelhh1.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.jdbc.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process is killed, and another one with the same ledger gets the same photo while the dead one's lease still runs. */
@Tag("crash")
class DeadNodeTest {
    private static final String PHOTO = Checkpoint.WATCHED;

    @TempDir
    Path root;

    @ParameterizedTest
    @EnumSource(
            value = KillStep.class,
            names = {"CLAIMED", "SENT", "ANSWERED", "SETTLED"})
    void isSucceededByAnother(KillStep step) {
        isSucceeded(step, false, step.expected == KillStep.Expected.DONE);
    }

    /** It looks for tasks every 10 s. */
    @ParameterizedTest
    @EnumSource(
            value = KillStep.class,
            names = {"CREATED", "RECORDED", "ANSWERED", "SETTLED"})
    void isSucceededByAnotherThatAsksForItsTask(KillStep step) {
        isSucceeded(step, true, step.expectedWithTasks() == KillStep.Expected.DONE);
    }

    private void isSucceeded(KillStep step, boolean tasks, boolean done) {
        var nodes = new TwoNodes(root, Postgres.freshUrl(), Duration.ofSeconds(2));
        try (MeterProcess meter = MeterProcess.start(root, TwoNodes.GENERATION)) {
            nodes.folder("dead").drop(PHOTO);
            try (Driver dead = Driver.start(nodes.orders("dead", meter, tasks).stoppingAt(step))) {
                dead.awaitStop(step);
                dead.jvm().kill();
            }
            assertThat(nodes.books().state(PHOTO)).isEqualTo(step.leftAs);

            nodes.folder("other").drop(PHOTO);
            Driver.finish(nodes.orders("other", meter, tasks));
            assertThat(done ? nodes.done("other") : nodes.failed("other")).containsExactly(PHOTO);
            assertThat(nodes.books().state(PHOTO)).isEqualTo(done ? RunState.COMPLETED : RunState.UNKNOWN);
            assertThat(meter.requests()).as("requests").doesNotHaveDuplicates();
            assertThat(meter.charges()).isEqualTo(Collections.nCopies(step.charges, PHOTO));
        }
    }
}
