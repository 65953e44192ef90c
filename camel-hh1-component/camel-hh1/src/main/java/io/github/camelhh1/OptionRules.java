package io.github.camelhh1;

import io.github.camelhh1.generation.Budget;
import io.github.camelhh1.generation.Prices;
import io.github.camelhh1.ledger.Caps;
import io.github.camelhh1.text.HttpUrl;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Options that cannot work are told at start, all at once. */
final class OptionRules {
    private OptionRules() {}

    static Hh1Operation operation(String path) {
        return Arrays.stream(Hh1Operation.values())
                .filter(operation -> operation.name().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("hh1:" + path
                        + ": there is no such operation; use one of " + Arrays.toString(Hh1Operation.values())));
    }

    static void check(Hh1Component component) {
        var broken = new ArrayList<String>();
        rule(component.getMaxInFlight() >= 1, "maxInFlight must be 1 or more", broken);
        rule(component.getMaxQueued() >= 0, "maxQueued must be 0 or more", broken);
        rule(component.getConnectTimeout() > 0, "connectTimeout must be longer than nothing", broken);
        rule(Set.of("block", "reject").contains(component.getWhenFull()), "whenFull must be block or reject", broken);
        Long seconds = component.getMaxSecondsPerDay();
        rule(seconds == null || seconds >= 0, "maxSecondsPerDay must not be negative", broken);
        String cost = component.getMaxCostPerDay();
        rule(cost == null || isMoney(cost), "maxCostPerDay must be an amount such as 25 or 12.50", broken);
        refuse("component hh1", broken);
    }

    private static boolean isMoney(String text) {
        return text.strip().matches("\\d{1,9}(\\.\\d{1,6})?");
    }

    /** Null when nothing is limited. */
    static @Nullable Budget budget(Hh1Component component, Prices prices) {
        Long seconds = component.getMaxSecondsPerDay();
        String cost = component.getMaxCostPerDay();
        if (seconds == null && cost == null) {
            return null;
        }
        return new Budget(new Caps(seconds, cost == null ? null : new BigDecimal(cost.strip())), prices);
    }

    static void check(Hh1Endpoint endpoint) {
        var broken = new ArrayList<String>();
        Hh1Configuration options = endpoint.getConfiguration();
        rule(
                Set.of("cloudflare", "simulator").contains(options.getBackend()),
                "backend must be cloudflare or simulator",
                broken);
        rule(
                HttpUrl.is(options.getBaseUrl()) && !options.getBaseUrl().matches(".*[@?#].*"),
                "baseUrl must be an absolute http(s) URL without user, query or fragment",
                broken);
        rule(
                options.getDownloadDirectory() == null
                        || !options.getDownloadDirectory().isBlank(),
                "downloadDirectory must not be blank; leave it out for a private one",
                broken);
        rule(!options.getModel().isBlank(), "model must not be blank", broken);
        rule(options.getGenerationTimeout() > 0, "generationTimeout must be longer than nothing", broken);
        rule(options.getMaxAttempts() >= 1, "maxAttempts must be 1 or more", broken);
        rule(options.getRetryDelay() >= 0, "retryDelay must not be negative", broken);
        rule(
                options.getMaxRetryDelay() >= options.getRetryDelay(),
                "maxRetryDelay must not be below retryDelay",
                broken);
        rule(options.getMaxVideoSize() > 0, "maxVideoSize must be more than nothing", broken);
        StagingOptions.check(options, broken);
        rule(
                Set.of("off", "warn", "fail", "fix").contains(options.getPreflight()),
                "preflight must be off, warn, fail or fix",
                broken);
        rule(options.getPreflightMaxPixels() > 0, "preflightMaxPixels must be more than nothing", broken);
        rule(Set.of("hold", "resend").contains(options.getOnUnknown()), "onUnknown must be hold or resend", broken);
        rule(options.getMaxPaidAttempts() >= 1, "maxPaidAttempts must be 1 or more", broken);
        rule(Set.of("url", "video").contains(endpoint.getInput().getOutput()), "output must be url or video", broken);
        rule(
                UpstreamId.naming(options.getUpstreamIdHeaders()).named().stream()
                        .noneMatch(String::isBlank),
                "upstreamIdHeaders must name headers, with a comma between two; leave it out for none",
                broken);
        prices(endpoint, broken);
        var fields = new RawFields();
        MessageReader.defaults(endpoint.getInput(), fields);
        fields.request();
        broken.addAll(fields.violations());
        refuse("endpoint hh1:" + endpoint.getOperation(), broken);
    }

    private static void prices(Hh1Endpoint endpoint, List<String> broken) {
        try {
            Prices prices = Prices.parse(endpoint.getConfiguration().getPricePerSecond());
            rule(
                    endpoint.getComponent().getMaxCostPerDay() == null || prices.isComplete(),
                    "maxCostPerDay needs a price for every resolution: set pricePerSecond, like 720P=0.14,1080P=0.28",
                    broken);
        } catch (IllegalArgumentException e) {
            broken.add(String.valueOf(e.getMessage()));
        }
    }

    static void rule(boolean kept, String rule, List<String> broken) {
        if (!kept) {
            broken.add(rule);
        }
    }

    private static void refuse(String what, List<String> broken) {
        if (!broken.isEmpty()) {
            throw new IllegalArgumentException(what + " cannot start: " + String.join("; ", broken));
        }
    }
}
