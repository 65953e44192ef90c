package io.github.camelhh1.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Seconds of video, and their price.
 *
 * @param cost zero where no price is known; at most six digits after the point
 */
public record Amount(long seconds, BigDecimal cost) {
    public static final Amount NONE = new Amount(0, BigDecimal.ZERO);

    public Amount {
        cost = money(cost);
    }

    /** As short as it can be written, but never without two digits after the point. */
    public static BigDecimal money(BigDecimal amount) {
        BigDecimal exact = amount.stripTrailingZeros();
        return exact.scale() < 2 ? exact.setScale(2, RoundingMode.UNNECESSARY) : exact;
    }

    public Amount plus(Amount other) {
        return new Amount(seconds + other.seconds, cost.add(other.cost));
    }

    public Amount negate() {
        return new Amount(-seconds, cost.negate());
    }
}
