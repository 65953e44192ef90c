package io.github.camelhh1.wiring;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.jspecify.annotations.Nullable;

/**
 * Tells Camel's health checks what keeps messages from being sent. They ask nobody and cost nothing: they look at what was
 * learned. Each method gives what takes the check away again. Without camel-health on the class path there are none.
 */
public final class Health {
    private Health() {}

    /**
     * One of Camel's checks of producers, which are off unless the user sets them on: down while nothing is sent because
     * the service keeps refusing the account, or takes requests and gives no video.
     */
    public static Runnable ofEndpoint(
            CamelContext context, String uri, boolean enabled, Supplier<@Nullable String> pausedBecause) {
        var checks =
                HealthCheckHelper.getHealthCheckRepository(context, "producers", WritableHealthCheckRepository.class);
        if (checks == null) {
            return () -> {};
        }
        var check = new Check(
                "producers", "producer:hh1:" + Integer.toHexString(uri.hashCode()), "Nothing is sent: ", pausedBecause);
        check.setEnabled(enabled);
        checks.addHealthCheck(check);
        return () -> checks.removeHealthCheck(check);
    }

    /** A check that is on by itself: down while the ledger does not work, without which nothing is sent. */
    public static Runnable ofLedger(Component component, Supplier<@Nullable String> failingBecause) {
        CamelContext context = component.getCamelContext();
        var registry = HealthCheckRegistry.get(context);
        if (registry == null) {
            return () -> {};
        }
        String name = context.getComponentNames().stream()
                .filter(known -> context.hasComponent(known) == component)
                .sorted()
                .findFirst()
                .orElse("hh1");
        var check =
                new Check("hh1", name + "-ledger", "The ledger does not work, and nothing is sent: ", failingBecause);
        return registry.register(check) ? () -> registry.unregister(check) : () -> {};
    }

    /** By which its context knows it. */
    static String name(Component component) {
        CamelContext context = component.getCamelContext();
        return context.getComponentNames().stream()
                .filter(known -> context.hasComponent(known) == component)
                .sorted()
                .findFirst()
                .orElse("hh1");
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
