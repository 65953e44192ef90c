package io.github.camelhh1;

import io.github.camelhh1.generation.Prices;
import io.github.camelhh1.key.UpstreamId;
import io.github.camelhh1.message.MessageReader;
import io.github.camelhh1.message.RequestFields;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.text.HttpUrl;
import io.github.camelhh1.wiring.ComponentOptions;
import io.github.camelhh1.wiring.EndpointOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    private static final Pattern RAW_SIMPLE = Pattern.compile("(?is)[?&](request-?key|correlation)=RAW[^&]*\\$simple");

    /** Camel itself evaluates {@code $simple} in {@code RAW}, once, when the endpoint is made: nothing is left for a message. */
    static void checkRawExpressions(String uri) {
        Matcher option = RAW_SIMPLE.matcher(uri);
        if (option.find()) {
            String name = option.group(1).equalsIgnoreCase("correlation") ? "correlation" : "requestKey";
            throw new IllegalArgumentException(name + "=RAW($simple{...}) is evaluated once, before any"
                    + " message: all requests would share one value, or have none; write RAW(${...}) or $simple{...}");
        }
    }

    static void check(ComponentOptions component) {
        var broken = new ArrayList<String>();
        rule(component.maxInFlight() >= 1, "maxInFlight must be 1 or more", broken);
        rule(component.maxQueued() >= 0, "maxQueued must be 0 or more", broken);
        rule(component.connectTimeout() > 0, "connectTimeout must be longer than nothing", broken);
        rule(Set.of("block", "reject").contains(component.whenFull()), "whenFull must be block or reject", broken);
        Long seconds = component.maxSecondsPerDay();
        rule(seconds == null || seconds >= 0, "maxSecondsPerDay must not be negative", broken);
        String cost = component.maxCostPerDay();
        rule(cost == null || isMoney(cost), "maxCostPerDay must be an amount such as 25 or 12.50", broken);
        refuse("component hh1", broken);
        ServiceRules.warnOfShortConnect(component.connectTimeout());
    }

    static void checkProxy(
            @Nullable String host, @Nullable Integer port, @Nullable String username, @Nullable String password) {
        var broken = new ArrayList<String>();
        rule(
                host == null || host.strip().matches("[^\\s/:@]+|\\[?[0-9A-Fa-f:.]+]?"),
                "proxyHost must be the name or the address of a host, without a scheme, a port or credentials, which have"
                        + " options of their own; it is " + CleanText.of(String.valueOf(host)),
                broken);
        rule(
                host == null || (port != null && port >= 1 && port <= 65535),
                "proxyHost needs proxyPort, from 1 to 65535; it is " + port,
                broken);
        rule(
                host != null || (port == null && username == null && password == null),
                "proxyPort, proxyAuthUsername and proxyAuthPassword need proxyHost",
                broken);
        rule(
                (username == null) == (password == null),
                "proxyAuthUsername and proxyAuthPassword go together: set both or none",
                broken);
        rule(
                username == null || username.indexOf(':') < 0,
                "proxyAuthUsername must not hold a colon, which ends the name in Basic authentication",
                broken);
        refuse("component hh1", broken);
    }

    private static boolean isMoney(String text) {
        return text.strip().matches("\\d{1,9}(\\.\\d{1,6})?");
    }

    static void check(EndpointOptions endpoint) {
        var broken = new ArrayList<String>();
        Hh1Configuration options = endpoint.configuration();
        rule(
                Set.of("cloudflare", "simulator").contains(options.getBackend()),
                "backend must be cloudflare or simulator",
                broken);
        ServiceRules.check(options, broken);
        rule(
                options.getDownloadDirectory() == null
                        || !options.getDownloadDirectory().isBlank(),
                "downloadDirectory must not be blank; leave it out for a private one",
                broken);
        rule(!options.getModel().isBlank(), "model must not be blank", broken);
        rule(options.getMaxAttempts() >= 1, "maxAttempts must be 1 or more", broken);
        rule(options.getRetryDelay() >= 0, "retryDelay must not be negative", broken);
        rule(
                options.getMaxRetryDelay() >= options.getRetryDelay(),
                "maxRetryDelay must not be below retryDelay",
                broken);
        rule(options.getMaxVideoSize() > 0, "maxVideoSize must be more than nothing", broken);
        checkStaging(options, broken);
        rule(
                Set.of("off", "warn", "fail", "fix").contains(options.getPreflight()),
                "preflight must be off, warn, fail or fix",
                broken);
        rule(options.getPreflightMaxPixels() > 0, "preflightMaxPixels must be more than nothing", broken);
        rule(Set.of("hold", "resend").contains(options.getOnUnknown()), "onUnknown must be hold or resend", broken);
        rule(options.getMaxPaidAttempts() >= 1, "maxPaidAttempts must be 1 or more", broken);
        rule(Set.of("url", "video").contains(endpoint.message().getOutput()), "output must be url or video", broken);
        rule(
                UpstreamId.naming(options.getUpstreamIdHeaders()).named().stream()
                        .noneMatch(String::isBlank),
                "upstreamIdHeaders must name headers, with a comma between two; leave it out for none",
                broken);
        prices(endpoint, broken);
        var fields = new RequestFields();
        MessageReader.defaults(endpoint.message(), fields);
        fields.request();
        broken.addAll(fields.violations());
        refuse("endpoint hh1:" + endpoint.operation(), broken);
        ServiceRules.warnOfShortGeneration(options.getGenerationTimeout());
    }

    private static void prices(EndpointOptions endpoint, List<String> broken) {
        try {
            Prices prices = Prices.parse(endpoint.configuration().getPricePerSecond());
            rule(
                    !endpoint.component().capsCost() || prices.isComplete(),
                    "maxCostPerDay needs a price for every resolution: set pricePerSecond, like 720P=0.14,1080P=0.28",
                    broken);
        } catch (IllegalArgumentException e) {
            broken.add(String.valueOf(e.getMessage()));
        }
    }

    private static void checkStaging(Hh1Configuration options, List<String> broken) {
        String uri = options.getStagingUri();
        String directory = options.getStagingDirectory();
        String baseUrl = options.getStagingBaseUrl();
        long ways = Stream.of(uri != null, directory != null, options.isInlineImages())
                .filter(set -> set)
                .count();
        rule(ways <= 1, "stagingUri, stagingDirectory and inlineImages exclude each other: set one", broken);
        rule(
                directory == null || baseUrl != null,
                "stagingDirectory needs stagingBaseUrl: set it to where the directory is served",
                broken);
        rule(
                baseUrl == null || directory != null,
                "stagingBaseUrl needs stagingDirectory: set it to the directory that is served there",
                broken);
        rule(
                directory == null || !directory.isBlank(),
                "stagingDirectory must not be blank; leave it out for none",
                broken);
        rule(baseUrl == null || HttpUrl.is(baseUrl), "stagingBaseUrl must be an absolute http(s) URL", broken);
        rule(
                options.getStagingCleanupUri() == null || uri != null,
                "stagingCleanupUri goes with a stagingUri, for all else is removed without it",
                broken);
    }

    private static void rule(boolean kept, String rule, List<String> broken) {
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
