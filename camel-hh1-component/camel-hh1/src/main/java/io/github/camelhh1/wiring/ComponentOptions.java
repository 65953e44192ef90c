package io.github.camelhh1.wiring;

import io.github.camelhh1.http.HostResolver;
import io.github.camelhh1.http.HttpProxy;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Ledger;
import java.math.BigDecimal;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.jspecify.annotations.Nullable;

/**
 * What the options of a component say.
 *
 * @param owner of the threads, as Camel shows them
 * @param connectTimeout in milliseconds
 */
public record ComponentOptions(
        CamelContext context,
        Component owner,
        int maxInFlight,
        int maxQueued,
        String whenFull,
        long connectTimeout,
        TlsContexts tls,
        @Nullable HttpProxy proxy,
        HostResolver resolver,
        Ledger ledger,
        @Nullable Long maxSecondsPerDay,
        @Nullable String maxCostPerDay) {

    /** Null when nothing is limited. */
    @Nullable
    Caps caps() {
        return maxSecondsPerDay == null && maxCostPerDay == null
                ? null
                : new Caps(maxSecondsPerDay, maxCostPerDay == null ? null : new BigDecimal(maxCostPerDay.strip()));
    }

    boolean rejects() {
        return whenFull.equals("reject");
    }

    Duration connectPatience() {
        return Duration.ofMillis(connectTimeout);
    }
}
