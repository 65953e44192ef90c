package io.github.camelhh1.wiring;

import io.github.camelhh1.observe.Meters;
import io.github.camelhh1.observe.Observers;
import io.github.camelhh1.observe.Readings;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of a component in the application's registry, if it has one. Names no type of Micrometer, which may be absent.
 * Safe for use by many threads.
 */
final class ShownMeters {
    private static final Logger LOG = LoggerFactory.getLogger(ShownMeters.class);
    private static final String TYPE = "io.micrometer.core.instrument.MeterRegistry";
    /** Camel's own meters have this one. */
    private static final String NAME = "metricsRegistry";

    private final Observers observers;
    private final LedgerFigures ledger;
    private final Readings readings;
    private @Nullable Runnable removal;

    ShownMeters(Observers observers, LedgerFigures ledger, Readings readings) {
        this.observers = observers;
        this.ledger = ledger;
        this.readings = readings;
    }

    /** @param component the tag of the meters; those that were shown under another name are removed */
    synchronized void show(CamelContext context, String component) {
        remove();
        Object registry = registry(context);
        if (registry != null) {
            removal = Meters.show(registry, component, observers, readings);
        }
    }

    /** For an endpoint that pays with this account. The ledger is read for it only if there are meters. */
    synchronized void watch(String account) {
        ledger.account(account);
        if (removal != null) {
            ledger.watch();
        }
    }

    synchronized void remove() {
        if (removal != null) {
            removal.run();
            removal = null;
        }
    }

    /** By name, else by type: Camel Main has it by name, Spring Boot by type. Null when there is none. */
    private static @Nullable Object registry(CamelContext context) {
        Class<?> type;
        try {
            type = Class.forName(TYPE);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
        Registry beans = context.getRegistry();
        Object named = beans.lookupByName(NAME);
        if (type.isInstance(named)) {
            return named;
        }
        Object single = beans.findSingleByType(type);
        Set<?> several = single == null ? beans.findByType(type) : Set.of();
        if (!several.isEmpty()) {
            LOG.warn(
                    "There are {} registries of meters, so this component has no meters: name one of them {}",
                    several.size(),
                    NAME);
        }
        return single;
    }
}
