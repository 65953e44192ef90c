package io.github.camelhh1.examples.fleet.settings;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.examples.s3pipeline.s3.S3Place;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The settings of a worker, from its environment.
 *
 * @param s3 the buckets; empty when photos and videos are in the database of the ledger
 * @param http port of the health checks
 */
public record WorkerSettings(
        Queues queues, Optional<S3Place> s3, LedgerPlace ledger, Backend backend, Times times, int inFlight, int http) {
    /** A node that is silent for so long is taken for dead by the others; fixed by the component. */
    public static final Duration LEASE = Duration.ofSeconds(30);

    /** The value of {@code FLEET_SOURCE} for photos in the database of the ledger. */
    public static final String DATABASE = "postgresql";

    /** The table of photos, which takes the place of both queues. */
    public static final String TABLE = "fleet_photos";

    private static final int CONNECT_MILLIS = 8000;
    /** In flight on one node. */
    private static final int CALLS = 20;
    /** Model Studio's documented limit for an account. */
    private static final int TASKS = 5;

    private static final Map<String, String> OPTIONS = Map.of(
            "HH1_BASE_URL", "baseUrl",
            "HH1_GATEWAY_ID", "gatewayId",
            "HH1_ALLOW_PRIVATE_HOSTS", "allowPrivateHosts",
            "HH1_PRICE_PER_SECOND", "pricePerSecond",
            "HH1_MAX_COST_PER_DAY", "maxCostPerDay",
            "HH1_MAX_SECONDS_PER_DAY", "maxSecondsPerDay");

    private static final Map<String, String> TASK_OPTIONS = Map.of(
            "HH1_REGION", "region",
            "HH1_WORKSPACE_ID", "accountId",
            "HH1_POLL_INTERVAL", "pollInterval");

    /**
     * Where messages come from and where those go that failed.
     *
     * @param endpoint of a server other than AWS
     * @param tries so many times a message is received before its failure is final
     */
    public record Queues(String photos, String failed, Optional<URI> endpoint, Optional<String> region, int tries) {}

    /** The database of the ledger. */
    public record LedgerPlace(String url, String user, String password) {

        /** Whether the database is there is asked when the worker starts. */
        public HikariDataSource pool(String name, int connections) {
            HikariConfig config = new HikariConfig();
            config.setPoolName(name);
            config.setJdbcUrl(url);
            config.setUsername(user);
            config.setPassword(password);
            config.setMaximumPoolSize(connections);
            // Below a third of the lease: a node that waits longer may be taken for dead.
            config.setConnectionTimeout(CONNECT_MILLIS);
            config.setInitializationFailTimeout(-1);
            return new HikariDataSource(config);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return url;
        }
    }

    /**
     * The service that makes the videos, and the defaults for photos without metadata.
     *
     * @param options of the component
     */
    public record Backend(Map<String, String> options, String prompt, String resolution, int duration) {}

    /**
     * Each is longer than the one before it depends on.
     *
     * @param visibility for so long nobody else gets a message whose node is silent
     * @param generation hard end of one call of the service
     * @param lookup for so long a call with an unknown outcome is looked up before its message is answered
     * @param shutdown for so long a stopped worker finishes what it has begun
     * @param late so long after its end a run that no message asked for is stored, or reported as held
     */
    public record Times(Duration visibility, Duration generation, Duration lookup, Duration shutdown, Duration late) {

        /** The longest time from sending to the answer of a message. */
        Duration call() {
            return generation.plus(lookup);
        }
    }

    /**
     * Looks up environment variables; an empty value counts as none.
     *
     * @throws IllegalArgumentException with everything that is wrong, and the remedies
     */
    public static WorkerSettings read(UnaryOperator<String> environment) {
        List<String> problems = new ArrayList<>();
        Variables variables = new Variables(environment, problems);
        boolean database = isDatabase(variables);
        Optional<S3Place> s3 = database ? Optional.empty() : s3(variables, problems);
        Times times = new Times(
                variables.seconds("FLEET_VISIBILITY", 120),
                variables.seconds("FLEET_GENERATION_TIMEOUT", 900),
                variables.seconds("FLEET_LOOKUP_TIMEOUT", 120),
                variables.seconds("FLEET_SHUTDOWN_TIMEOUT", 1080),
                variables.seconds("FLEET_LATE_AFTER", 600));
        Queues queues = database ? tables(variables) : queues(variables);
        check(times, queues, problems);
        WorkerSettings settings = new WorkerSettings(
                queues,
                s3,
                ledger(variables),
                backend(variables),
                times,
                variables.number("FLEET_IN_FLIGHT", hasTasks(variables) ? TASKS : CALLS, 1, 5000),
                variables.number("FLEET_HTTP_PORT", 8080, 1, 65_535));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return settings;
    }

    private static boolean hasTasks(Variables variables) {
        return "modelstudio".equals(variables.or("HH1_BACKEND"));
    }

    private static boolean isDatabase(Variables variables) {
        String source = variables.or("FLEET_SOURCE", "sqs");
        if (!source.equals("sqs") && !source.equals(DATABASE)) {
            variables.problem("FLEET_SOURCE=" + source + " is unknown: use sqs (the default) or " + DATABASE);
        }
        return source.equals(DATABASE);
    }

    private static Queues tables(Variables variables) {
        for (String other : List.of("FLEET_QUEUE", "FLEET_FAILED_QUEUE", "S3_IN", "S3_OUT")) {
            if (variables.or(other) != null) {
                variables.problem(other + " is not used with FLEET_SOURCE=" + DATABASE + ": leave one of them out");
            }
        }
        return new Queues(TABLE, TABLE, Optional.empty(), Optional.empty(), tries(variables));
    }

    private static int tries(Variables variables) {
        return variables.number("FLEET_TRIES", 10, 1, 1000);
    }

    private static Optional<S3Place> s3(Variables variables, List<String> problems) {
        List<String> found = new ArrayList<>();
        Optional<S3Place> place = S3Place.read(variables::or, found);
        problems.addAll(found);
        if (place.isEmpty() && found.isEmpty()) {
            problems.add("no bucket is named: set S3_IN to the bucket of photos and S3_OUT to the bucket of videos");
        }
        return place;
    }

    private static Queues queues(Variables variables) {
        String photos = variables.needed("FLEET_QUEUE", "the name of the queue that S3 tells of new photos");
        Optional<URI> endpoint = variables.url("SQS_ENDPOINT");
        return new Queues(
                photos,
                variables.or("FLEET_FAILED_QUEUE", photos + "-failed"),
                endpoint,
                Optional.ofNullable(variables.or("AWS_REGION")).or(() -> endpoint.map(url -> "us-east-1")),
                tries(variables));
    }

    private static LedgerPlace ledger(Variables variables) {
        String url = variables.needed("FLEET_LEDGER", "jdbc:postgresql://host/database, the same for all workers");
        if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
            variables.problem(
                    "FLEET_LEDGER must be a database that all workers share: jdbc:postgresql://host/database");
        } else if (url.matches("(?i).*[?&]password=.*")) {
            variables.problem("FLEET_LEDGER must not hold the password: set FLEET_LEDGER_PASSWORD");
        }
        return new LedgerPlace(
                url, variables.or("FLEET_LEDGER_USER", "postgres"), variables.or("FLEET_LEDGER_PASSWORD", ""));
    }

    private static Backend backend(Variables variables) {
        String name = variables.or("HH1_BACKEND", "cloudflare");
        switch (name) {
            case "cloudflare" -> {
                variables.needed("CLOUDFLARE_ACCOUNT_ID", "the account that pays");
                variables.needed("CLOUDFLARE_API_TOKEN", "its token");
            }
            case "modelstudio" ->
                variables.needed("DASHSCOPE_API_KEY", "the key that HH1_BACKEND=modelstudio calls with");
            default ->
                variables.problem("HH1_BACKEND=" + name + " is unknown: use cloudflare (the default) or modelstudio");
        }
        Map<String, String> options = new TreeMap<>(Map.of("backend", name));
        Map<String, String> known = new TreeMap<>(OPTIONS);
        if (hasTasks(variables)) {
            known.putAll(TASK_OPTIONS);
        }
        known.forEach((variable, option) -> {
            if (variables.or(variable) != null) {
                options.put(option, variables.or(variable));
            }
        });
        return new Backend(
                options,
                variables.or("FLEET_PROMPT", "The scene comes gently to life, the camera moves slowly closer"),
                variables.or("FLEET_RESOLUTION", "720P"),
                variables.number("FLEET_DURATION", 5, 3, 15));
    }

    private static void check(Times times, Queues queues, List<String> problems) {
        if (times.visibility().compareTo(LEASE) <= 0) {
            problems.add(
                    "FLEET_VISIBILITY must be above " + LEASE.toSeconds() + " seconds, the lease of the ledger: the"
                            + " message of a dead node would come back before its run is known to be unknown");
        }
        Duration answered = times.visibility().multipliedBy(queues.tries());
        if (answered.compareTo(times.call()) <= 0) {
            problems.add("FLEET_TRIES x FLEET_VISIBILITY is " + answered.toSeconds() + " seconds and must be above"
                    + " FLEET_GENERATION_TIMEOUT + FLEET_LOOKUP_TIMEOUT ("
                    + times.call().toSeconds()
                    + "): a message whose photo is in work"
                    + " on another node would fail before that node is through");
        }
        if (times.late().compareTo(times.visibility()) <= 0) {
            problems.add("FLEET_LATE_AFTER must be above FLEET_VISIBILITY ("
                    + times.visibility().toSeconds()
                    + " seconds): a late video is first for its own message, which may still come back");
        }
        if (times.shutdown().compareTo(times.call()) <= 0) {
            problems.add("FLEET_SHUTDOWN_TIMEOUT must be above FLEET_GENERATION_TIMEOUT + FLEET_LOOKUP_TIMEOUT ("
                    + times.call().toSeconds() + " seconds): a stopped worker would cut calls that may be paid");
        }
    }
}
