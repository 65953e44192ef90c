package io.github.camelhh1.wiring;

import io.github.camelhh1.simulator.Hh1Simulator;
import java.net.URI;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * The simulator of a Camel context: the one that its registry holds, else one that is started on first use and stopped with
 * the context. No other class names the simulator's classes, which are an optional dependency.
 */
final class EmbeddedSimulator extends ServiceSupport {
    private static final String NEEDED = "io.github.camelhh1.simulator.Hh1Simulator";

    private final Hh1Simulator simulator;
    private final boolean own;

    private EmbeddedSimulator(@Nullable Hh1Simulator bound) {
        own = bound == null;
        simulator = bound == null ? Hh1Simulator.start() : bound;
    }

    /**
     * The one of this context.
     *
     * @throws IllegalArgumentException when the simulator is not on the class path; the message names the dependency
     */
    static EmbeddedSimulator in(CamelContext context) {
        synchronized (context) {
            EmbeddedSimulator embedded = context.hasService(EmbeddedSimulator.class);
            if (embedded == null) {
                requireSimulator();
                embedded = new EmbeddedSimulator(context.getRegistry().findSingleByType(Hh1Simulator.class));
                try {
                    context.addService(embedded);
                } catch (Exception e) {
                    throw new IllegalStateException("the simulator could not be added to the Camel context", e);
                }
            }
            return embedded;
        }
    }

    /** It may fetch images from where videos may be fetched. */
    void allowPrivateHosts() {
        simulator.allowPrivateHosts();
    }

    String account() {
        return simulator.account();
    }

    String apiKey() {
        return simulator.apiKey();
    }

    String baseUrl() {
        return simulator.baseUrl();
    }

    /** Scheme, host and port, for videos too. */
    URI origin() {
        return URI.create(simulator.origin());
    }

    @Override
    protected void doStop() {
        if (own) {
            simulator.close();
        }
    }

    private static void requireSimulator() {
        try {
            Class.forName(NEEDED, false, EmbeddedSimulator.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "backend=simulator needs the simulator, which is not on the class path: add the dependency"
                            + " io.github.camelhh1:camel-hh1-simulator, or choose another backend.",
                    e);
        }
    }
}
