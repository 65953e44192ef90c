package io.github.camelhh1.generation;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The price of a second of video, by resolution; from the option {@code pricePerSecond}. An unset resolution counts as the
 * dearest, an unset duration as the longest.
 */
public final class Prices {
    /** No price is known. */
    public static final Prices NONE = new Prices(Map.of());

    /** Digits after the point; the ledger counts in millionths. */
    private static final int SCALE = 6;

    private static final BigDecimal TOO_DEAR = BigDecimal.valueOf(1_000_000_000);

    private final Map<String, BigDecimal> perSecond;

    /** The caps of a day, and the prices by which requests count against them. */
    public record Budget(Caps caps, Prices prices) {}

    private Prices(Map<String, BigDecimal> perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * Of a text such as {@code 720P=0.14,1080P=0.28}.
     *
     * @throws IllegalArgumentException with the rule that the text breaks
     */
    public static Prices parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return NONE;
        }
        var prices = new LinkedHashMap<String, BigDecimal>();
        for (String pair : text.split(",", -1)) {
            String[] parts = pair.strip().split("=", -1);
            String resolution = parts[0].strip().toUpperCase(Locale.ROOT);
            BigDecimal price = parts.length == 2 ? price(parts[1].strip()) : null;
            if (price == null
                    || !RequestRules.RESOLUTIONS.contains(resolution)
                    || prices.put(resolution, price) != null) {
                throw new IllegalArgumentException("pricePerSecond must name prices by resolution, each once, like"
                        + " 720P=0.14,1080P=0.28, not negative and with at most " + SCALE
                        + " digits after the point; " + RequestRules.shape(pair) + " does not");
            }
        }
        return new Prices(prices);
    }

    private static @Nullable BigDecimal price(String text) {
        try {
            BigDecimal price = new BigDecimal(text);
            boolean fits = price.signum() >= 0 && price.scale() <= SCALE && price.compareTo(TOO_DEAR) < 0;
            return fits ? price : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether every resolution has its price. */
    public boolean isComplete() {
        return perSecond.keySet().containsAll(RequestRules.RESOLUTIONS);
    }

    /** The most that the request can cost; zero where no price is known. */
    public Amount most(GenerationRequest request) {
        int seconds = request.duration() == null ? RequestRules.LONGEST_SECONDS : request.duration();
        return new Amount(seconds, cost(request, seconds).orElse(BigDecimal.ZERO));
    }

    /** Seconds times price; empty when either is unknown. */
    public Optional<BigDecimal> cost(GenerationRequest request) {
        return request.duration() == null ? Optional.empty() : cost(request, request.duration());
    }

    /** The same for so many seconds; empty when no price is known. */
    public Optional<BigDecimal> cost(GenerationRequest request, int seconds) {
        BigDecimal price = request.resolution() == null
                ? perSecond.values().stream().max(BigDecimal::compareTo).orElse(null)
                : perSecond.get(request.resolution());
        return Optional.ofNullable(price).map(found -> Amount.money(found.multiply(BigDecimal.valueOf(seconds))));
    }
}
