package io.github.camelhh1.wiring;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.jspecify.annotations.Nullable;

/** Down while something keeps messages from being sent. Asks nobody and costs nothing: it looks at what was learned. */
public final class TroubleHealthCheck extends AbstractHealthCheck {
    private final Supplier<@Nullable String> trouble;

    private TroubleHealthCheck(String name, Supplier<@Nullable String> trouble) {
        super("producers", "producer:hh1:" + name);
        this.trouble = trouble;
    }

    /** While nothing is sent because the service keeps refusing the account, or takes requests and gives no video. */
    public static TroubleHealthCheck ofAccount(String endpoint, Supplier<@Nullable String> pausedBecause) {
        return new TroubleHealthCheck(endpoint, prefixed("Nothing is sent: ", pausedBecause));
    }

    /** While the ledger does not work, without which nothing is sent. */
    public static TroubleHealthCheck ofLedger(String component, Supplier<@Nullable String> failingBecause) {
        return new TroubleHealthCheck(
                "ledger:" + component, prefixed("The ledger does not work, and nothing is sent: ", failingBecause));
    }

    private static Supplier<@Nullable String> prefixed(String prefix, Supplier<@Nullable String> reason) {
        return () -> {
            String found = reason.get();
            return found == null ? null : prefix + found;
        };
    }

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
            builder.message(reason);
            builder.down();
        }
    }

    public void register(CamelContext context, boolean enabled) {
        setEnabled(enabled);
        WritableHealthCheckRepository repository = repository(context);
        if (repository != null) {
            repository.addHealthCheck(this);
        }
    }

    public void unregister(CamelContext context) {
        WritableHealthCheckRepository repository = repository(context);
        if (repository != null) {
            repository.removeHealthCheck(this);
        }
    }

    private static @Nullable WritableHealthCheckRepository repository(CamelContext context) {
        return HealthCheckHelper.getHealthCheckRepository(context, "producers", WritableHealthCheckRepository.class);
    }
}
