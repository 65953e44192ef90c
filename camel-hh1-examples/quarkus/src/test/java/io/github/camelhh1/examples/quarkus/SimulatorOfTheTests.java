package io.github.camelhh1.examples.quarkus;

import io.github.camelhh1.simulator.Hh1Simulator;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** {@code backend=simulator} takes the simulator that it finds among the beans. */
class SimulatorOfTheTests {
    @Produces
    @Singleton
    Hh1Simulator start() {
        return Hh1Simulator.start();
    }

    void close(@Disposes Hh1Simulator simulator) {
        simulator.close();
    }
}
