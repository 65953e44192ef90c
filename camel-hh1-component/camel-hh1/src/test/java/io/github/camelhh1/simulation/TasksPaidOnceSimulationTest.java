package io.github.camelhh1.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.memory.Defect;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As {@link PaidOnceSimulationTest}, with a service that has tasks: their names are recorded, nodes die or give up, and
 * others take their runs over. It takes the same properties, and plays fewer worlds without them.
 */
class TasksPaidOnceSimulationTest {
    private static final Logger LOG = LoggerFactory.getLogger(TasksPaidOnceSimulationTest.class);
    private static final int SEEDS = Integer.getInteger("hh1.sim.seeds", 200);

    @Test
    void noTaskIsPaidTwiceOrLostOrLeftAlone() {
        Long one = Long.getLong("hh1.sim.seed");
        long first = one == null ? 0 : one;
        long last = one == null ? SEEDS : one + 1;
        long calls = 0;
        long tasks = 0;
        long charges = 0;
        long resumptions = 0;
        Map<String, Long> endings = new TreeMap<>();
        for (long seed = first; seed < last; seed++) {
            Simulation world = world(seed);
            calls += world.calls;
            tasks += world.tasks().size();
            charges += world.charges();
            resumptions +=
                    world.nodes.stream().mapToInt(SimulatedNode::resumptions).sum();
            world.endings().forEach((ending, count) -> endings.merge(ending, count, Long::sum));
        }
        LOG.info(
                "{} calls over {} seeds, {} tasks, {} charges, {} resumptions, endings {}",
                calls,
                last - first,
                tasks,
                charges,
                resumptions,
                endings);
        if (one == null) {
            assertThat(resumptions).as("runs that were taken over").isGreaterThan(last - first);
            assertThat(charges).isPositive();
        }
    }

    private static Simulation world(long seed) {
        try {
            var world = new Simulation(seed, Defect.NONE, true);
            world.run();
            return world;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + " (-Dhh1.sim.seed=" + seed + "): " + e.getMessage(), e);
        }
    }
}
