package io.github.camelhh1;

import io.github.camelhh1.http.IpLiteral;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.text.HttpUrl;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What options must say of a service that is paid, and need not say of one on this machine. */
final class ServiceRules {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceRules.class);
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60;
    /** No video is made in less. */
    private static final long SHORTEST_GENERATION = 30 * SECOND;

    private ServiceRules() {}

    /** No call to its service ends sooner. */
    static Duration shortestGeneration(Hh1Configuration options) {
        return isHere(options) ? Duration.ZERO : Duration.ofMillis(SHORTEST_GENERATION);
    }

    static void check(Hh1Configuration options, List<String> broken) {
        String baseUrl = options.getBaseUrl();
        if (!HttpUrl.is(baseUrl) || baseUrl.matches(".*[@?#].*")) {
            broken.add("baseUrl must be an absolute http(s) URL without user, query or fragment");
        } else if (!isHere(options)) {
            checkPlainHttp(options, broken);
            checkGenerationTimeout(options.getGenerationTimeout(), broken);
        }
        if (options.getGenerationTimeout() <= 0) {
            broken.add("generationTimeout must be longer than nothing");
        }
    }

    private static void checkPlainHttp(Hh1Configuration options, List<String> broken) {
        if (!options.isAllowPlainHttp() && options.getBaseUrl().regionMatches(true, 0, "http:", 0, "http:".length())) {
            broken.add("baseUrl=" + CleanText.of(options.getBaseUrl()) + " would send the API token over plain http,"
                    + " which is for services on loopback only; write https, or set allowPlainHttp=true where nobody"
                    + " else can listen");
        }
    }

    private static void checkGenerationTimeout(long timeout, List<String> broken) {
        if (timeout > 0 && timeout < SHORTEST_GENERATION) {
            broken.add(
                    "generationTimeout=" + timeout + " is " + timeout + " milliseconds, and a shorter one than 30s is"
                            + " for services on loopback only: every call would be sent, paid and given up; write "
                            + meant(timeout));
        }
    }

    /** What was probably meant by a number of milliseconds. */
    private static String meant(long timeout) {
        if (timeout <= MINUTE) {
            return timeout + "m";
        } else if (timeout < SECOND) {
            return timeout + "s";
        }
        return timeout % SECOND == 0 ? timeout / SECOND + "m" : "30s or longer";
    }

    /** Of a time-out that is taken as it is. */
    static void warnOfShortGeneration(long timeout) {
        warnOfShort("generationTimeout", timeout, meant(timeout));
    }

    /** Nobody means minutes by it. */
    static void warnOfShortConnect(long timeout) {
        warnOfShort("connectTimeout", timeout, timeout + "s");
    }

    private static void warnOfShort(String option, long timeout, String meant) {
        if (timeout > 0 && timeout < SECOND) {
            String unit = meant.endsWith("m") ? "minutes" : "seconds";
            LOG.warn("{}={} is {} milliseconds; write {} for {}", option, timeout, timeout, meant, unit);
        }
    }

    /** Whether the service is on this machine: nobody else is told the token, and nothing is paid. */
    private static boolean isHere(Hh1Configuration options) {
        return options.getBackend().equals("simulator") || isLoopback(HttpUrl.host(URI.create(options.getBaseUrl())));
    }

    /** By its spelling: a name that a name server knows may lead anywhere. */
    private static boolean isLoopback(@Nullable String host) {
        InetAddress address = host == null ? null : IpLiteral.of(host);
        return "localhost".equalsIgnoreCase(host) || (address != null && address.isLoopbackAddress());
    }
}
