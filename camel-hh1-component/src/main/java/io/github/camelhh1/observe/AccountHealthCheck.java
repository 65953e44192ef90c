package io.github.camelhh1.observe;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.jspecify.annotations.Nullable;

/**
 * Down while nothing is sent because the service keeps refusing the account. Asks nobody and costs nothing: it looks at
 * what the last messages learned.
 */
public final class AccountHealthCheck extends AbstractHealthCheck {
    private final Supplier<@Nullable String> pausedBecause;

    public AccountHealthCheck(String endpoint, Supplier<@Nullable String> pausedBecause) {
        super("producers", "producer:hh1:" + endpoint);
        this.pausedBecause = pausedBecause;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        String reason = pausedBecause.get();
        if (reason == null) {
            builder.up();
        } else {
            builder.message("The account was refused three times in a row: " + reason);
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
