package io.github.camelhh1.wiring;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application's registry of meters. Names no type of Micrometer, which may be absent. */
final class MeterRegistries {
    private static final Logger LOG = LoggerFactory.getLogger(MeterRegistries.class);
    private static final String TYPE = "io.micrometer.core.instrument.MeterRegistry";
    /** Camel's own meters have this one. */
    private static final String NAME = "metricsRegistry";

    private MeterRegistries() {}

    /** By name, else by type: Camel Main has it by name, Spring Boot by type. Null when there is none. */
    static @Nullable Object find(CamelContext context) {
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
        if (single == null) {
            Set<?> several = beans.findByType(type);
            if (!several.isEmpty()) {
                LOG.warn(
                        "There are {} registries of meters, so this component has no meters: name one of them {}",
                        several.size(),
                        NAME);
            }
        }
        return single;
    }
}
