package io.github.camelhh1.examples.fleet.worker;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.examples.fleet.aws.SqsClients;
import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import io.github.camelhh1.examples.s3pipeline.s3.LocalS3;
import io.github.camelhh1.examples.s3pipeline.s3.S3Clients;
import io.github.camelhh1.examples.s3pipeline.s3.S3Place;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Queues, buckets, ledger and service of a test's own. The servers of queues and databases are those of the JVM. */
final class Site implements AutoCloseable {
    static final int TRIES = 3;

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final Hh1Simulator simulator = Hh1Simulator.builder().rendering(false).start();
    private static SQSRestServer queues;
    private static EmbeddedPostgres database;
    private final LocalS3 storage;
    private final Map<String, String> options = new HashMap<>();
    private final int number = NUMBER.incrementAndGet();
    private final WorkerSettings settings;
    private final SqsClient sqs;
    private final S3Client s3;

    Site() throws Exception {
        this(false);
    }

    /** @param tables whether photos are in the database */
    Site(boolean tables) throws Exception {
        startServers();
        int port = queues.waitUntilStarted().localAddress().getPort();
        storage = LocalS3.start();
        String schema = "site_" + number;
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema " + schema);
        }
        // The queues take any.
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        options.putAll(Map.of(
                "backend",
                "cloudflare",
                "baseUrl",
                simulator.baseUrl(),
                "accountId",
                simulator.account(),
                "apiKey",
                simulator.apiKey(),
                "allowPrivateHosts",
                "true",
                // An unknown outcome stays unknown, at once.
                "lookup",
                "false"));
        S3Place place = storage.place();
        var queueNames = new WorkerSettings.Queues(
                tables ? WorkerSettings.TABLE : "photos-" + number,
                "failed-" + number,
                Optional.of(URI.create("http://127.0.0.1:" + port)),
                Optional.of("us-east-1"),
                TRIES);
        settings = new WorkerSettings(
                queueNames,
                tables ? Optional.empty() : Optional.of(place),
                new WorkerSettings.LedgerPlace(
                        database.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + schema, "postgres", ""),
                new WorkerSettings.Backend(options, "It moves", "720P", 5),
                // A message that is given back comes back soon.
                new WorkerSettings.Times(
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10)),
                4,
                freePort());
        sqs = SqsClients.client(settings.queues());
        s3 = S3Clients.client(place);
        sqs.createQueue(create -> create.queueName(settings.queues().photos()));
        sqs.createQueue(create -> create.queueName(settings.queues().failed()));
    }

    private static synchronized void startServers() throws IOException {
        if (queues == null) {
            queues = SQSRestServerBuilder.withDynamicPort()
                    .withInterface("127.0.0.1")
                    .start();
            database = EmbeddedPostgres.builder()
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        }
    }

    /** For the next worker. */
    void option(String name, String value) {
        options.put(name, value);
    }

    WorkerSettings settings() {
        return settings;
    }

    /** A run that ends without its message is stored or told at once. */
    WorkerSettings impatient() {
        var times = new WorkerSettings.Times(
                settings.times().visibility(),
                settings.times().generation(),
                settings.times().lookup(),
                settings.times().shutdown(),
                Duration.ZERO);
        return new WorkerSettings(
                settings.queues(),
                settings.s3(),
                settings.ledger(),
                settings.backend(),
                times,
                settings.inFlight(),
                settings.http());
    }

    /** The video of a run comes when nobody waits for it, as a look-up finds it: the video of another run. */
    void comesLate(String run) {
        try (HikariDataSource pool = settings.ledger().pool("late", 2);
                LedgerSession ledger = Ledgers.jdbc(pool).open()) {
            Run other = ledger.runs(RunState.COMPLETED, 1, 0).get(0);
            Run unknown = ledger.find(run).orElseThrow();
            var attempt = new Attempt(new Claim(run, unknown.owner(), unknown.claim()), unknown.attempt());
            ledger.complete(attempt, other.completion(), false);
        }
    }

    RunState state(String run) {
        try (HikariDataSource pool = settings.ledger().pool("state", 2);
                LedgerSession ledger = Ledgers.jdbc(pool).open()) {
            return ledger.find(run).orElseThrow().state();
        }
    }

    SqsClient sqs() {
        return sqs;
    }

    Worker start() throws Exception {
        Worker worker = Worker.forPhotos(settings);
        worker.main().start();
        return worker;
    }

    void put(String key, byte[] content, Map<String, String> metadata) {
        s3.putObject(
                put -> put.bucket(settings.s3().orElseThrow().in()).key(key).metadata(metadata),
                RequestBody.fromBytes(content));
    }

    void announce(String... keys) {
        StringBuilder records = new StringBuilder();
        for (String key : keys) {
            records.append(records.length() == 0 ? "" : ",")
                    .append("{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"")
                    .append(settings.s3().orElseThrow().in())
                    .append("\"},\"object\":{\"key\":\"")
                    .append(key)
                    .append("\"}}}");
        }
        send("{\"Records\":[" + records + "]}");
    }

    void send(String message) {
        String url = url(settings.queues().photos());
        sqs.sendMessage(send -> send.queueUrl(url).messageBody(message));
    }

    /** Waits until no message is waiting or in work. */
    void awaitThrough() {
        await().atMost(LIMIT)
                .until(() -> count(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)
                        == 0);
    }

    /** Messages of the queue of photos. In one look: between two a message could come back unseen. */
    int count(QueueAttributeName... what) {
        String url = url(settings.queues().photos());
        return sqs.getQueueAttributes(get -> get.queueUrl(url).attributeNames(what)).attributes().values().stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    /** Those that failed since the last look. */
    List<Message> failures() {
        String url = url(settings.queues().failed());
        return sqs.receiveMessage(receive -> receive.queueUrl(url)
                        .maxNumberOfMessages(10)
                        .messageAttributeNames("All")
                        .visibilityTimeout(0))
                .messages();
    }

    void removeFailures() {
        String url = url(settings.queues().failed());
        sqs.purgeQueue(purge -> purge.queueUrl(url));
    }

    /** The output of a command of the worker. */
    String command(String... words) throws Exception {
        var text = new ByteArrayOutputStream();
        try (Worker worker = Worker.forCommands(settings)) {
            int status = new Commands(new PrintStream(text, true)).carryOut(worker, List.of(words));
            if (status != 0) {
                throw new IllegalStateException(text.toString());
            }
        }
        return text.toString();
    }

    static String attribute(Message message, String name) {
        var attribute = message.messageAttributes().get(name);
        return attribute == null ? null : attribute.stringValue();
    }

    List<String> videos() {
        return s3.listObjectsV2(list -> list.bucket(settings.s3().orElseThrow().out())).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    Map<String, String> metadata(String video) {
        return s3.headObject(
                        head -> head.bucket(settings.s3().orElseThrow().out()).key(video))
                .metadata();
    }

    static byte[] photo() {
        try (InputStream photo = Site.class.getResourceAsStream("/samples/horse.jpg")) {
            return photo.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String url(String queue) {
        return sqs.getQueueUrl(get -> get.queueName(queue)).queueUrl();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        sqs.close();
        s3.close();
        simulator.close();
        storage.close();
    }
}
