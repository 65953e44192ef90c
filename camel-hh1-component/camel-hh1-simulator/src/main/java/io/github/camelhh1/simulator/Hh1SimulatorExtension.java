package io.github.camelhh1.simulator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A simulator for a JUnit 5 test class: started before its first test, as new for each, and closed after its last.
 *
 * <pre>{@code
 * @RegisterExtension
 * static Hh1SimulatorExtension simulator = new Hh1SimulatorExtension();
 * }</pre>
 */
public final class Hh1SimulatorExtension implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private final Hh1Simulator.Builder builder;
    private @Nullable Hh1Simulator simulator;
    private int depth;

    public Hh1SimulatorExtension() {
        this(Hh1Simulator.builder());
    }

    public Hh1SimulatorExtension(Hh1Simulator.Builder builder) {
        this.builder = builder;
    }

    /** The running simulator; started now when a static initializer or another extension asks early. */
    public Hh1Simulator simulator() {
        if (simulator == null) {
            simulator = builder.start();
        }
        return simulator;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        depth++;
        simulator();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        simulator().reset();
    }

    /** Nested classes end before their enclosing one does: the simulator stays until the outermost has. */
    @Override
    public void afterAll(ExtensionContext context) {
        depth--;
        if (depth == 0 && simulator != null) {
            simulator.close();
            simulator = null;
        }
    }
}
