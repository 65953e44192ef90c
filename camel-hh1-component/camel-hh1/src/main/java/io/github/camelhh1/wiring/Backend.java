package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.cloudflare.CloudflareAccount;
import io.github.camelhh1.rooms.Credentials;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * Who makes the videos for an endpoint.
 *
 * @param name account that pays
 * @param credentials that each call sends
 * @param origin of the embedded simulator, whose videos are always fetched; null on a real backend
 */
public record Backend(
        String name,
        CloudflareAccount account,
        Credentials credentials,
        @Nullable URI origin) {

    /**
     * Checks what is needed before the first message comes.
     *
     * @param asking how a supplier is asked that may take as long as it likes
     */
    static Backend of(Hh1Configuration options, CamelContext context, Function<Supplier<String>, Credentials> asking) {
        return options.getBackend().equals("simulator") ? simulator(options, context) : cloudflare(options, asking);
    }

    /** Who pays; empty when that is not known. */
    public static String accountId(Hh1Configuration options, CamelContext context) {
        return options.getBackend().equals("simulator")
                ? EmbeddedSimulator.in(context).account()
                : trimmed(options.getAccountId(), "CLOUDFLARE_ACCOUNT_ID");
    }

    private static Backend simulator(Hh1Configuration options, CamelContext context) {
        EmbeddedSimulator simulator = EmbeddedSimulator.in(context);
        if (options.isAllowPrivateHosts()) {
            simulator.allowPrivateHosts();
        }
        return new Backend(
                simulator.account(),
                account(options, simulator.baseUrl(), simulator.account()),
                Credentials.fixed(simulator.apiKey()),
                simulator.origin());
    }

    private static Backend cloudflare(Hh1Configuration options, Function<Supplier<String>, Credentials> asking) {
        var missing = new ArrayList<String>();
        String accountId = trimmed(options.getAccountId(), "CLOUDFLARE_ACCOUNT_ID");
        if (accountId.isEmpty()) {
            missing.add("accountId (or environment variable CLOUDFLARE_ACCOUNT_ID) is not set");
        } else if (!accountId.matches("[A-Za-z0-9_-]{1,100}")) {
            missing.add("accountId may hold letters, digits, - and _ only");
        }
        Credentials credentials = credentials(options, asking, missing);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("hh1:generate cannot start: " + String.join("; ", missing)
                    + ". Set them, or backend=simulator to try without an account.");
        }
        return new Backend(accountId, account(options, options.getBaseUrl(), accountId), credentials, null);
    }

    private static Credentials credentials(
            Hh1Configuration options, Function<Supplier<String>, Credentials> asking, List<String> missing) {
        Supplier<String> supplier = options.getApiKeySupplier();
        if (supplier != null) {
            return asking.apply(supplier);
        }
        String key = trimmed(options.getApiKey(), "CLOUDFLARE_API_TOKEN");
        if (key.isEmpty()) {
            missing.add("apiKey (or environment variable CLOUDFLARE_API_TOKEN, or apiKeySupplier) is not set");
        } else if (!Credentials.areUsable(key)) {
            missing.add("apiKey holds a space, a line break or another character that no API token has");
        }
        return Credentials.fixed(key);
    }

    private static CloudflareAccount account(Hh1Configuration options, String baseUrl, String accountId) {
        String base = baseUrl.replaceAll("/+$", "");
        return new CloudflareAccount(
                URI.create(base + "/accounts/" + accountId + "/ai/run"),
                options.getGatewayId(),
                options.isSkipCache(),
                options.getModel());
    }

    private static String trimmed(@Nullable String option, String variable) {
        String value = option != null ? option : System.getenv(variable);
        return value == null ? "" : value.strip();
    }
}
