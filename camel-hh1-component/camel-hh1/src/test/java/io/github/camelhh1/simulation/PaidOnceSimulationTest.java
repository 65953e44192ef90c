package io.github.camelhh1.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hundred thousand calls in a thousand worlds: every outcome, redelivery, restart, pause, ledger failure, operator's
 * intervention and budget, on two nodes with one ledger. A world that fails names its seed; {@code -Dhh1.sim.seed=N}
 * plays that one again, {@code -Dhh1.sim.seeds=N} plays so many.
 */
class PaidOnceSimulationTest {
    private static final Logger LOG = LoggerFactory.getLogger(PaidOnceSimulationTest.class);
    private static final int SEEDS = Integer.getInteger("hh1.sim.seeds", 1_000);

    @Test
    void nothingIsPaidTwiceOrLostAndNoCapIsPassed() {
        Long one = Long.getLong("hh1.sim.seed");
        long first = one == null ? 0 : one;
        long last = one == null ? SEEDS : one + 1;
        int calls = 0;
        int charges = 0;
        Map<String, Long> endings = new TreeMap<>();
        for (long seed = first; seed < last; seed++) {
            Simulation world = world(seed);
            calls += world.calls;
            charges += world.charges();
            world.endings().forEach((ending, count) -> endings.merge(ending, count, Long::sum));
        }
        LOG.info("{} calls over {} seeds, {} charges, endings {}", calls, last - first, charges, endings);
        assertThat(calls).isGreaterThanOrEqualTo((int) (last - first) * Simulation.CALLS);
        if (one == null) {
            assertThat(endings.keySet())
                    .as("every ending that rooms can have was had")
                    .contains(
                            "Completed",
                            "Held",
                            "InFlight",
                            "KeyReused",
                            "NotSent",
                            "OverBudget",
                            "Rejected",
                            "Throttled",
                            "Unknown");
        }
    }

    @Test
    void aSeedPlaysTheSameEachTime() {
        for (long seed = 0; seed < 10; seed++) {
            Simulation once = world(seed);
            Simulation again = world(seed);
            assertThat(again.deliveries).hasSameSizeAs(once.deliveries);
            assertThat(again.endings()).isEqualTo(once.endings());
            assertThat(again.service.charges()).isEqualTo(once.service.charges());
            assertThat(again.world.nanos()).isEqualTo(once.world.nanos());
        }
    }

    /** The database of one node still fails when its last delivery has ended, and has not answered for that ending. */
    @Test
    void anEndingThatWaitsForItsLedgerIsWrittenOnceTheLedgerWorksAgain() {
        world(14_849);
    }

    private static Simulation world(long seed) {
        try {
            var world = new Simulation(seed);
            world.run();
            return world;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + " (-Dhh1.sim.seed=" + seed + "): " + e.getMessage(), e);
        }
    }
}
