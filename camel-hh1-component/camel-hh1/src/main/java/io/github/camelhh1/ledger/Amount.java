package io.github.camelhh1.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

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

    /** Without trailing zeros, but with at least two digits after the point. */
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

    /**
     * The amounts of a day's budget that an account has used. Calls of components without a cap are not counted.
     *
     * @param day in UTC, by the ledger's clock
     * @param spent by runs that are settled, and may have been billed
     * @param reserved by runs that are open or unknown; it may be given back
     */
    public record Spending(String account, LocalDate day, Amount spent, Amount reserved) {

        /** The amount that the caps limit. */
        public Amount counted() {
            return spent.plus(reserved);
        }
    }

    /** The limits of a day, inclusive; null for no limit. */
    public record Caps(@Nullable Long seconds, @Nullable BigDecimal cost) {

        /** Null when neither is limited. */
        public static @Nullable Caps of(@Nullable Long seconds, @Nullable String cost) {
            return seconds == null && cost == null
                    ? null
                    : new Caps(seconds, cost == null ? null : new BigDecimal(cost.strip()));
        }

        public boolean allow(Amount amount) {
            return (seconds == null || amount.seconds() <= seconds)
                    && (cost == null || amount.cost().compareTo(cost) <= 0);
        }

        /** In the words of the options. */
        @Override
        public String toString() {
            String time = seconds == null ? "" : "maxSecondsPerDay=" + seconds;
            String money = cost == null ? "" : "maxCostPerDay=" + cost.toPlainString();
            return time + (time.isEmpty() || money.isEmpty() ? "" : ", ") + money;
        }
    }
}
