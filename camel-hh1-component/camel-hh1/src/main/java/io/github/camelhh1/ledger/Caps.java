package io.github.camelhh1.ledger;

import java.math.BigDecimal;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The most that may be spent in a day; null for no limit. */
public record Caps(@Nullable Long seconds, @Nullable BigDecimal cost) {

    /** Whether so much may be spent. */
    public boolean allow(Amount amount) {
        return (seconds == null || amount.seconds() <= seconds)
                && (cost == null || amount.cost().compareTo(cost) <= 0);
    }

    /** In the words of the options. */
    @Override
    public String toString() {
        return Stream.of(
                        seconds == null ? "" : "maxSecondsPerDay=" + seconds,
                        cost == null ? "" : "maxCostPerDay=" + cost.toPlainString())
                .filter(cap -> !cap.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
