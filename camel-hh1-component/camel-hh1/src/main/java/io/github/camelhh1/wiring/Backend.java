package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.cloudflare.CloudflareAccount;
import io.github.camelhh1.cloudflare.CloudflareGenerator;
import io.github.camelhh1.cloudflare.CloudflareLookup;
import io.github.camelhh1.cloudflare.GatewayLogs;
import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.ledger.LookupPlace;
import io.github.camelhh1.modelstudio.ModelStudioAccount;
import io.github.camelhh1.modelstudio.ModelStudioGenerator;
import io.github.camelhh1.modelstudio.Pace;
import io.github.camelhh1.rooms.Credentials;
import io.github.camelhh1.rooms.Rooms;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * The service that makes the videos of an endpoint.
 *
 * @param name account that pays
 * @param uri that calls go to, for messages
 * @param service of a started component
 * @param origin of the embedded simulator, whose videos may always be fetched; null on a real backend
 */
public record Backend(
        String name,
        URI uri,
        Function<ComponentParts, Rooms.Service> service,
        @Nullable URI origin) {

    /**
     * Refuses missing options before the first message comes.
     *
     * @param asking asks a supplier, which may take as long as it likes
     */
    static Backend of(Hh1Configuration options, CamelContext context, Function<Supplier<String>, Credentials> asking) {
        if (options.getBackend().equals("simulator")) {
            return EmbeddedSimulator.in(context).backend(options);
        }
        Start start = new Start(options, asking);
        return isModelStudio(options) ? modelStudio(start) : cloudflare(start);
    }

    static boolean isModelStudio(Hh1Configuration options) {
        return options.getBackend().equals("modelstudio");
    }

    /** The account that pays; empty when it is not known. */
    public static String accountId(Hh1Configuration options, CamelContext context) {
        if (options.getBackend().equals("simulator")) {
            return EmbeddedSimulator.in(context).account();
        }
        return isModelStudio(options)
                ? Region.of(options).account(trimmed(options.getAccountId(), null))
                : trimmed(options.getAccountId(), "CLOUDFLARE_ACCOUNT_ID");
    }

    /** The model, by the service's own id. */
    public static String model(Hh1Configuration options) {
        return isModelStudio(options) ? Region.model(options.getModel()) : options.getModel();
    }

    /** The JSON of a request, as it would be sent. */
    public static Map<String, Object> request(Hh1Configuration options, GenerationRequest request) {
        return isModelStudio(options)
                ? ModelStudioAccount.request(model(options), request)
                : CloudflareAccount.request(model(options), request);
    }

    /** The address of a real service. */
    public static String baseUrl(Hh1Configuration options) {
        return isModelStudio(options) ? Region.baseUrl(options) : options.getBaseUrl();
    }

    /** The rules that options of the service break. */
    public static List<String> violations(Hh1Configuration options) {
        return isModelStudio(options) ? Region.violations(options) : List.of();
    }

    /** Scheme, host and port of the embedded simulator, for videos too. */
    static URI simulatorOrigin(CamelContext context) {
        return EmbeddedSimulator.in(context).origin();
    }

    /** Finds the options of a real service that are missing or wrong, to refuse them all at once. */
    private static final class Start {
        private final Hh1Configuration options;
        private final Function<Supplier<String>, Credentials> asking;
        private final List<String> missing = new ArrayList<>();

        Start(Hh1Configuration options, Function<Supplier<String>, Credentials> asking) {
            this.options = options;
            this.asking = asking;
        }

        /** @param variable null where there is none */
        String account(@Nullable String variable, boolean needed) {
            String id = trimmed(options.getAccountId(), variable);
            if (id.isEmpty() && needed) {
                missing.add("accountId"
                        + (variable == null ? ", the workspace id," : " (or environment variable " + variable + ")")
                        + " is not set");
            } else if (!id.matches("[A-Za-z0-9_-]{0,100}")) {
                missing.add("accountId may hold letters, digits, - and _ only");
            }
            return id;
        }

        /** @param strange whether a key is one of the other service */
        Credentials credentials(String variable, Predicate<String> strange, String other) {
            Supplier<String> supplier = options.getApiKeySupplier();
            if (supplier != null) {
                return asking.apply(supplier);
            }
            String key = trimmed(options.getApiKey(), variable);
            if (key.isEmpty()) {
                missing.add("apiKey (or environment variable " + variable + ", or apiKeySupplier) is not set");
            } else if (!Credentials.areUsable(key)) {
                missing.add("apiKey holds a space, a line break or another character that no API token has");
            } else if (strange.test(key)) {
                missing.add("apiKey looks like a key of " + other + ", and backend=" + options.getBackend()
                        + " has keys of its own, which " + variable + " may hold");
            }
            return Credentials.fixed(key);
        }

        void refuse() {
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException("hh1:generate cannot start: " + String.join("; ", missing)
                        + ". Set them, or backend=simulator to try without an account.");
            }
        }
    }

    private static Backend cloudflare(Start start) {
        String id = start.account("CLOUDFLARE_ACCOUNT_ID", true);
        Credentials credentials = start.credentials(
                "CLOUDFLARE_API_TOKEN", key -> key.matches("sk-.{0,36}"), "Alibaba Model Studio (sk-…)");
        String logsKey = trimmed(start.options.getLogsApiKey(), null);
        if (!logsKey.isEmpty() && !Credentials.areUsable(logsKey)) {
            start.missing.add("logsApiKey holds a space, a line break or another character that no API token has");
        }
        start.refuse();
        return cloudflare(start.options, id, start.options.getBaseUrl(), credentials, null);
    }

    private static Backend cloudflare(
            Hh1Configuration options, String id, String baseUrl, Credentials credentials, @Nullable URI origin) {
        var account = new CloudflareAccount(
                CloudflareAccount.runUri(baseUrl, id),
                options.getGatewayId(),
                options.isSkipCache(),
                options.getModel());
        return new Backend(
                id,
                account.runUri(),
                parts -> {
                    CloudflareLookup lookup = options.isLookup() ? lookup(options, account, credentials, parts) : null;
                    var calls = new CloudflareGenerator(parts.connections.service(), account, parts.clock, lookup);
                    var lookups = lookup == null
                            ? null
                            : new Rooms.Lookups(
                                    lookup,
                                    LookupPlace.of(id, account.gatewayName()),
                                    Duration.ofMillis(options.getLookupTimeout()));
                    return new Rooms.Service(calls, credentials, calls.host(), parts.permits, null, lookups, null);
                },
                origin);
    }

    private static CloudflareLookup lookup(
            Hh1Configuration options, CloudflareAccount account, Credentials credentials, ComponentParts parts) {
        String key = trimmed(options.getLogsApiKey(), null);
        var logs = new GatewayLogs(
                parts.connections.service(),
                account.gatewayUri(),
                parts.timers,
                parts.looks,
                parts.clock,
                problem -> parts.warnings.ofLookups(account.gatewayName(), problem));
        return new CloudflareLookup(logs, key.isEmpty() ? null : key, credentials::ask, parts.timers, parts.clock);
    }

    private static Backend modelStudio(Start start) {
        Hh1Configuration options = start.options;
        Region region = Region.of(options);
        String id = start.account(null, region == Region.frankfurt);
        Credentials credentials = start.credentials(
                "DASHSCOPE_API_KEY", key -> key.matches("cf[a-z]{1,3}_.*|(?!sk-)[A-Za-z0-9_-]{40}"), "Cloudflare");
        start.refuse();
        var account = new ModelStudioAccount(Region.baseUrl(options) + "/api/v1", model(options));
        Duration interval = Duration.ofMillis(options.getPollInterval());
        return new Backend(
                region.account(id),
                account.createUri(),
                parts -> {
                    var pace = new Pace(interval, parts.polls, parts.lastTimers, ComponentParts::random);
                    var calls = new ModelStudioGenerator(parts.connections.service(), account, pace, parts.clock);
                    var tasks = calls.listing(
                            credentials::ask,
                            parts.looks,
                            problem -> parts.warnings.ofTasks(region.account(id), problem));
                    var limit = Duration.ofMillis(options.getLookupTimeout());
                    var listing = options.isLookup() ? new Rooms.Listing(tasks, limit) : null;
                    return new Rooms.Service(
                            calls, credentials, calls.host(), parts.taskPermits, parts.creates, null, listing);
                },
                null);
    }

    private static String trimmed(@Nullable String option, @Nullable String variable) {
        String value = option != null || variable == null ? option : System.getenv(variable);
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
            return cloudflare(options, account(), simulator.baseUrl(), Credentials.fixed(simulator.apiKey()), origin());
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
