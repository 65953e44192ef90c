package io.github.camelhh1.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.memory.Defect;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The simulation fails where a defect that once was there is put back: it would have found it. */
class SimulationFindsDefectsTest {
    private static final Logger LOG = LoggerFactory.getLogger(SimulationFindsDefectsTest.class);
    private static final int MOST_SEEDS = 400;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aDefectIsFoundWithinFourHundredWorlds(Defect defect) {
        OptionalLong found = LongStream.range(0, MOST_SEEDS)
                .filter(seed -> fails(seed, defect))
                .findFirst();

        assertThat(found).as("a seed that fails with %s", defect).isPresent();
        LOG.info("{} is found by seed {}", defect, found.getAsLong());
    }

    private static boolean fails(long seed, Defect defect) {
        try {
            new Simulation(seed, defect, defect.isOfTasks()).run();
            return false;
        } catch (AssertionError e) {
            return true;
        }
    }
}
