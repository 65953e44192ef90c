package io.github.camelhh1.wiring;

import java.util.ArrayList;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.jspecify.annotations.Nullable;

/**
 * Readiness checks that say why messages are not sent. They send nothing: they show what earlier messages have learned.
 * They are checks of their own, and not among Camel's checks of producers, which are off unless the user sets them on.
 * Without camel-health on the class path there are none.
 */
public final class Health {
    private Health() {}

    /** Adds the checks of a component, named after it. Returns their removal. */
    public static Runnable of(ComponentParts component) {
        var registry = HealthCheckRegistry.get(component.context());
        if (registry == null || !component.options().isHealthCheckProducerEnabled()) {
            return () -> {};
        }
        String name = component.name();
        var checks = new ArrayList<Check>();
        checks.add(new Check(name + "-service", "Nothing is sent: ", component::pausedBecause));
        if (component.options().getLedger().isDurable()) {
            checks.add(new Check(
                    name + "-ledger",
                    "The ledger does not work, and nothing is sent: ",
                    component::ledgerFailsBecause));
        }
        checks.removeIf(check -> !registry.register(check));
        return () -> checks.forEach(registry::unregister);
    }

    private static final class Check extends AbstractHealthCheck {
        private final String prefix;
        private final Supplier<@Nullable String> trouble;

        Check(String id, String prefix, Supplier<@Nullable String> trouble) {
            super("hh1", id);
            this.prefix = prefix;
            this.trouble = trouble;
        }

        /** A restart would not help. */
        @Override
        public boolean isLiveness() {
            return false;
        }

        @Override
        protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
            String reason = trouble.get();
            if (reason == null) {
                builder.up();
            } else {
                // Spring's actuator shows details, and no message.
                builder.message(prefix + reason)
                        .detail("reason", prefix + reason)
                        .down();
            }
        }
    }
}
