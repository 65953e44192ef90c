package io.github.camelhh1.wiring;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.jspecify.annotations.Nullable;

/**
 * Health checks that say why messages are not sent. They send nothing: they show what earlier messages have learned. Each
 * method returns the removal of its check. Without camel-health on the class path there are no checks.
 */
public final class Health {
    private Health() {}

    /**
     * One of Camel's checks of producers, which are off unless the user sets them on: down while nothing is sent because
     * the service keeps refusing the account, or takes requests and gives no video.
     */
    public static Runnable ofEndpoint(EndpointOptions endpoint, Supplier<@Nullable String> pausedBecause) {
        var checks = HealthCheckHelper.getHealthCheckRepository(
                endpoint.context(), "producers", WritableHealthCheckRepository.class);
        if (checks == null) {
            return () -> {};
        }
        String id = "producer:hh1:" + Integer.toHexString(endpoint.uri().hashCode());
        var check = new Check("producers", id, "Nothing is sent: ", pausedBecause);
        check.setEnabled(endpoint.component().options().isHealthCheckProducerEnabled());
        checks.addHealthCheck(check);
        return () -> checks.removeHealthCheck(check);
    }

    /** A check that is on by itself: down while the ledger does not work, without which nothing is sent. */
    public static Runnable ofLedger(ComponentParts component) {
        var registry = HealthCheckRegistry.get(component.context());
        if (registry == null) {
            return () -> {};
        }
        var check = new Check(
                "hh1",
                component.name() + "-ledger",
                "The ledger does not work, and nothing is sent: ",
                component::ledgerFailsBecause);
        return registry.register(check) ? () -> registry.unregister(check) : () -> {};
    }

    private static final class Check extends AbstractHealthCheck {
        private final String prefix;
        private final Supplier<@Nullable String> trouble;

        Check(String group, String id, String prefix, Supplier<@Nullable String> trouble) {
            super(group, id);
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
                builder.message(prefix + reason).down();
            }
        }
    }
}
