package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.cloudflare.CloudflareAccount;
import io.github.camelhh1.rooms.Credentials;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * The service that makes the videos of an endpoint.
 *
 * @param name account that pays
 * @param credentials of each call
 * @param origin of the embedded simulator, whose videos may always be fetched; null on a real backend
 */
public record Backend(
        String name,
        CloudflareAccount account,
        Credentials credentials,
        @Nullable URI origin) {

    /**
     * Refuses missing options before the first message comes.
     *
     * @param asking asks a supplier, which may take as long as it likes
     */
    static Backend of(Hh1Configuration options, CamelContext context, Function<Supplier<String>, Credentials> asking) {
        return options.getBackend().equals("simulator")
                ? EmbeddedSimulator.in(context).backend(options)
                : cloudflare(options, asking);
    }

    /** The account that pays; empty when it is not known. */
    public static String accountId(Hh1Configuration options, CamelContext context) {
        return options.getBackend().equals("simulator")
                ? EmbeddedSimulator.in(context).account()
                : trimmed(options.getAccountId(), "CLOUDFLARE_ACCOUNT_ID");
    }

    /** Scheme, host and port of the embedded simulator, for videos too. */
    static URI simulatorOrigin(CamelContext context) {
        return EmbeddedSimulator.in(context).origin();
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

    /**
     * The simulator of a Camel context: the one that its registry holds, else one that is started on first use and stopped with
     * the context. No other class names the simulator's classes, which are an optional dependency.
     */
    private static final class EmbeddedSimulator extends ServiceSupport {
        private static final String NEEDED = "io.github.camelhh1.simulator.Hh1Simulator";

        private final Hh1Simulator simulator;
        private final boolean own;

        private EmbeddedSimulator(@Nullable Hh1Simulator bound) {
            own = bound == null;
            simulator = bound == null ? Hh1Simulator.start() : bound;
        }

        /**
         * The one of this context.
         *
         * @throws IllegalArgumentException when the simulator is not on the class path; the message names the dependency
         */
        static EmbeddedSimulator in(CamelContext context) {
            synchronized (context) {
                EmbeddedSimulator embedded = context.hasService(EmbeddedSimulator.class);
                if (embedded == null) {
                    requireSimulator();
                    embedded = new EmbeddedSimulator(context.getRegistry().findSingleByType(Hh1Simulator.class));
                    try {
                        context.addService(embedded);
                    } catch (Exception e) {
                        throw new IllegalStateException("the simulator could not be added to the Camel context", e);
                    }
                }
                return embedded;
            }
        }

        Backend backend(Hh1Configuration options) {
            if (options.isAllowPrivateHosts()) {
                // It may fetch images from where videos may be fetched.
                simulator.allowPrivateHosts();
            }
            return new Backend(
                    account(),
                    Backend.account(options, simulator.baseUrl(), account()),
                    Credentials.fixed(simulator.apiKey()),
                    origin());
        }

        String account() {
            return simulator.account();
        }

        URI origin() {
            return URI.create(simulator.origin());
        }

        @Override
        protected void doStop() {
            if (own) {
                simulator.close();
            }
        }

        private static void requireSimulator() {
            try {
                Class.forName(NEEDED, false, EmbeddedSimulator.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new IllegalArgumentException(
                        "backend=simulator needs the simulator, which is not on the class path: add the dependency"
                                + " io.github.camelhh1:camel-hh1-simulator, or choose another backend.",
                        e);
            }
        }
    }
}
