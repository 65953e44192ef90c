package io.github.camelhh1;

import io.github.camelhh1.generation.Prices;
import io.github.camelhh1.generation.RequestRules;
import io.github.camelhh1.http.IpLiteral;
import io.github.camelhh1.key.UpstreamId;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.message.MessageReader;
import io.github.camelhh1.message.RequestFields;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.text.HttpUrl;
import io.github.camelhh1.wiring.Backend;
import io.github.camelhh1.wiring.EndpointOptions;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses options that cannot work when a component or an endpoint starts, all at once. */
final class OptionRules {
    private static final Logger LOG = LoggerFactory.getLogger(OptionRules.class);
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60;
    /** The service makes no video in less, in milliseconds. */
    private static final long SHORTEST_GENERATION = 30 * SECOND;

    private static final int LONGEST_GROUP = 200;

    private final List<String> broken = new ArrayList<>();

    private OptionRules() {}

    static void check(Hh1ComponentOptions options) {
        var rules = new OptionRules();
        rules.one("maxInFlight", options.getMaxInFlight());
        rules.one("maxTasks", options.getMaxTasks());
        rules.one("maxCreatesPerSecond", options.getMaxCreatesPerSecond());
        rules.one("maxPollsPerSecond", options.getMaxPollsPerSecond());
        rules.must(options.getMaxQueued() >= 0, "maxQueued must be 0 or more");
        rules.must(options.getConnectTimeout() > 0, "connectTimeout must be more than 0");
        rules.oneOf("whenFull", options.getWhenFull(), "block", "reject");
        Long seconds = options.getMaxSecondsPerDay();
        rules.must(seconds == null || seconds >= 0, "maxSecondsPerDay must not be negative");
        String cost = options.getMaxCostPerDay();
        rules.must(
                cost == null || cost.strip().matches("\\d{1,9}(\\.\\d{1,6})?"),
                "maxCostPerDay must be an amount such as 25 or 12.50; it is "
                        + RequestRules.shape(String.valueOf(cost)));
        rules.checkProxy(options);
        rules.refuse("component hh1");
        warnOfMilliseconds("connectTimeout", options.getConnectTimeout(), options.getConnectTimeout() + "s");
    }

    private void checkProxy(Hh1ComponentOptions options) {
        String host = options.getProxyHost();
        Integer port = options.getProxyPort();
        String username = options.getProxyAuthUsername();
        String password = options.getProxyAuthPassword();
        must(
                host == null || host.strip().matches("[^\\s/:@]+|\\[?[0-9A-Fa-f:.]+]?"),
                "proxyHost must be the name or the address of a host, without a scheme, a port or credentials, which have"
                        + " options of their own; it is " + CleanText.of(String.valueOf(host)));
        must(
                host == null || (port != null && port >= 1 && port <= 65535),
                "proxyHost needs proxyPort, from 1 to 65535; it is " + port);
        must(
                host != null || (port == null && username == null && password == null),
                "proxyPort, proxyAuthUsername and proxyAuthPassword need proxyHost");
        must(
                (username == null) == (password == null),
                "proxyAuthUsername and proxyAuthPassword go together: set both or none");
        must(
                username == null || username.indexOf(':') < 0,
                "proxyAuthUsername must not hold a colon, which ends the name in Basic authentication");
    }

    static void check(EndpointOptions endpoint) {
        var rules = new OptionRules();
        Hh1Configuration options = endpoint.configuration();
        rules.oneOf("backend", options.getBackend(), "cloudflare", "modelstudio", "simulator");
        rules.checkService(options);
        boolean known = rules.oneOf("region", options.getRegion(), "singapore", "beijing", "virginia", "frankfurt");
        rules.broken.addAll(known ? Backend.violations(options) : List.of());
        String directory = options.getDownloadDirectory();
        rules.must(
                directory == null || !directory.isBlank(),
                "downloadDirectory must not be blank; leave it out for a private one");
        rules.must(!options.getModel().isBlank(), "model must not be blank");
        rules.one("maxAttempts", options.getMaxAttempts());
        rules.must(options.getRetryDelay() >= 0, "retryDelay must not be negative");
        rules.must(options.getMaxRetryDelay() >= options.getRetryDelay(), "maxRetryDelay must not be below retryDelay");
        rules.must(options.getMaxVideoSize() > 0, "maxVideoSize must be more than 0");
        rules.checkStaging(options);
        rules.oneOf("preflight", options.getPreflight(), "off", "warn", "fail", "fix");
        rules.must(options.getPreflightMaxPixels() > 0, "preflightMaxPixels must be more than 0");
        rules.oneOf("onUnknown", options.getOnUnknown(), "hold", "resend");
        rules.one("maxPaidAttempts", options.getMaxPaidAttempts());
        rules.oneOf("output", endpoint.message().getOutput(), "url", "video");
        rules.must(
                UpstreamId.naming(options.getUpstreamIdHeaders()).named().stream()
                        .noneMatch(String::isBlank),
                "upstreamIdHeaders must name headers, with a comma between two; leave it out for none");
        String group = options.getGroup();
        rules.must(
                group == null || (!group.isBlank() && group.length() <= LONGEST_GROUP),
                "group must have 1 to " + LONGEST_GROUP + " characters that are not all blank; leave it out for none");
        rules.checkPrices(endpoint);
        var fields = new RequestFields();
        MessageReader.defaults(endpoint.message(), fields);
        MessageReader.refuse(options.getBackend(), fields);
        fields.request();
        rules.broken.addAll(fields.violations());
        rules.refuse("endpoint hh1:" + endpoint.operation());
        warnOfMilliseconds("generationTimeout", options.getGenerationTimeout(), meant(options.getGenerationTimeout()));
        warnOfMilliseconds("lookupTimeout", options.getLookupTimeout(), meant(options.getLookupTimeout()));
    }

    /** Of a consumer. */
    static void check(EndpointOptions endpoint, long after, int maxConcurrent) {
        check(endpoint);
        var rules = new OptionRules();
        rules.must(after >= 0, "after must not be negative");
        rules.must(
                after <= 0 || after >= SECOND,
                "after=" + after + " is " + after + " milliseconds; write " + after + "m for minutes, or 1s or longer");
        rules.one("maxConcurrent", maxConcurrent);
        rules.must(
                endpoint.message().getOutput().equals("url"),
                "output=video is for generate and adopt; fetch the video with hh1:download in the route");
        rules.refuse("endpoint hh1:" + endpoint.operation());
    }

    private void checkService(Hh1Configuration options) {
        String baseUrl = options.getBaseUrl();
        long timeout = options.getGenerationTimeout();
        if (!HttpUrl.is(baseUrl) || baseUrl.matches(".*[@?#].*")) {
            broken.add("baseUrl must be an absolute http(s) URL without user, query or fragment");
        } else if (!isOnThisMachine(options)) {
            must(
                    options.isAllowPlainHttp() || !baseUrl.regionMatches(true, 0, "http:", 0, "http:".length()),
                    "baseUrl=" + CleanText.of(baseUrl) + " would send the API token over plain http, which is for"
                            + " services on loopback only; write https, or set allowPlainHttp=true where nobody else"
                            + " can listen");
            must(
                    timeout <= 0 || timeout >= SHORTEST_GENERATION,
                    "generationTimeout=" + timeout + " is " + timeout + " milliseconds, and a shorter one than 30s is"
                            + " for services on loopback only: every call would be sent, paid and given up; write "
                            + meant(timeout));
        }
        must(timeout > 0, "generationTimeout must be more than 0");
        must(options.getLookupTimeout() >= 0, "lookupTimeout must not be negative; 0 waits for no look-up");
        long interval = options.getPollInterval();
        must(
                interval >= (isOnThisMachine(options) ? 1 : SECOND),
                "pollInterval=" + interval + " must be a second or longer; write " + interval + "s for seconds");
    }

    /** No call to the service of these options ends sooner. */
    static Duration shortestGeneration(Hh1Configuration options) {
        return isOnThisMachine(options) ? Duration.ZERO : Duration.ofMillis(SHORTEST_GENERATION);
    }

    /** On loopback no one else can read the API token, and nothing is paid. */
    private static boolean isOnThisMachine(Hh1Configuration options) {
        return options.getBackend().equals("simulator") || isLoopback(HttpUrl.host(URI.create(options.getBaseUrl())));
    }

    /** Judged by its spelling, because a name server may give any address for another name. */
    private static boolean isLoopback(@Nullable String host) {
        InetAddress address = host == null ? null : IpLiteral.of(host);
        return "localhost".equalsIgnoreCase(host) || (address != null && address.isLoopbackAddress());
    }

    /** The value that was probably meant by a number of milliseconds. */
    private static String meant(long timeout) {
        if (timeout <= MINUTE) {
            return timeout + "m";
        } else if (timeout < SECOND) {
            return timeout + "s";
        }
        return timeout % SECOND == 0 ? timeout / SECOND + "m" : "30s or longer";
    }

    private static void warnOfMilliseconds(String option, long timeout, String meant) {
        if (timeout > 0 && timeout < SECOND) {
            String unit = meant.endsWith("m") ? "minutes" : "seconds";
            LOG.warn("{}={} is {} milliseconds; write {} for {}", option, timeout, timeout, meant, unit);
        }
    }

    private void checkPrices(EndpointOptions endpoint) {
        try {
            Prices prices = Prices.parse(endpoint.configuration().getPricePerSecond());
            Caps caps = endpoint.component().caps();
            must(
                    !endpoint.operation().equals(Hh1Operation.generate.name())
                            || caps == null
                            || caps.cost() == null
                            || prices.isComplete(),
                    "maxCostPerDay needs a price for every resolution: set pricePerSecond, like 720P=0.14,1080P=0.28");
        } catch (IllegalArgumentException e) {
            broken.add(String.valueOf(e.getMessage()));
        }
    }

    private void checkStaging(Hh1Configuration options) {
        String uri = options.getStagingUri();
        String directory = options.getStagingDirectory();
        String baseUrl = options.getStagingBaseUrl();
        long ways = Stream.of(uri != null, directory != null, options.isInlineImages())
                .filter(set -> set)
                .count();
        must(ways <= 1, "stagingUri, stagingDirectory and inlineImages exclude each other: set one");
        must(
                directory == null || baseUrl != null,
                "stagingDirectory needs stagingBaseUrl: set it to where the directory is served");
        must(
                baseUrl == null || directory != null,
                "stagingBaseUrl needs stagingDirectory: set it to the directory that is served there");
        must(directory == null || !directory.isBlank(), "stagingDirectory must not be blank; leave it out for none");
        must(baseUrl == null || HttpUrl.is(baseUrl), "stagingBaseUrl must be an absolute http(s) URL");
        must(options.getStagingCleanupUri() == null || uri != null, "stagingCleanupUri needs a stagingUri");
    }

    private boolean oneOf(String option, String value, String... values) {
        List<String> known = List.of(values);
        boolean kept = known.contains(value);
        must(
                kept,
                option + " must be one of " + known + "; it is " + RequestRules.shape(value)
                        + EndpointUri.suggestion(value, known));
        return kept;
    }

    private void one(String option, int value) {
        must(value >= 1, option + " must be 1 or more; it is " + value);
    }

    private void must(boolean kept, String rule) {
        if (!kept) {
            broken.add(rule);
        }
    }

    private void refuse(String subject) {
        if (!broken.isEmpty()) {
            throw new IllegalArgumentException(subject + " cannot start: " + String.join("; ", broken));
        }
    }
}
