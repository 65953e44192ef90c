package io.github.camelhh1.wiring;

import io.github.camelhh1.simulator.Hh1Simulator;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The simulator of a Camel context: started on first use, stopped with the context. */
final class EmbeddedSimulator extends ServiceSupport {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSimulator.class);

    private final Hh1Simulator simulator = Hh1Simulator.start();

    static Hh1Simulator in(CamelContext context) {
        synchronized (context) {
            EmbeddedSimulator embedded = context.hasService(EmbeddedSimulator.class);
            if (embedded == null) {
                embedded = new EmbeddedSimulator();
                try {
                    context.addService(embedded);
                } catch (Exception e) {
                    throw new IllegalStateException("the simulator could not be added to the Camel context", e);
                }
                LOG.info("backend=simulator: videos are made on {} and cost nothing", embedded.simulator.origin());
            }
            return embedded.simulator;
        }
    }

    @Override
    protected void doStop() {
        simulator.close();
    }
}
