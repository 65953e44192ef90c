package io.github.camelhh1.examples.fleet.worker;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.examples.s3pipeline.s3.PhotoBucket;
import io.github.camelhh1.examples.s3pipeline.s3.S3Clients;
import io.github.camelhh1.examples.s3pipeline.s3.VideoBucket;
import java.io.Closeable;
import org.apache.camel.main.Main;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Camel with a queue, two buckets and a ledger, put together; not started. */
public final class Worker implements Closeable {
    /** Twenty nodes then need eighty connections of the database. */
    private static final int CONNECTIONS = 4;

    private final Main main = new Main();
    private final S3Client s3;
    private final S3Presigner presigner;
    private final SqsClient sqs;
    private final HikariDataSource ledger;

    private Worker(WorkerSettings settings, boolean works) {
        s3 = S3Clients.client(settings.s3());
        presigner = S3Clients.presigner(settings.s3());
        sqs = SqsClients.client(settings.queues());
        ledger = ledger(settings.ledger());
        main.bind("s3Client", s3);
        main.bind("s3Presigner", presigner);
        main.bind("sqsClient", sqs);
        main.bind("ledgerDataSource", ledger);
        main.bind("refusals", new Refusals());
        configure(settings);
        set("camel.management.enabled", works);
        if (works) {
            addRoutes(settings);
        } else {
            main.configure().setRoutesCollectorEnabled(false);
        }
    }

    /** Takes photos from the queue, once it is started. */
    public static Worker forPhotos(WorkerSettings settings) {
        return new Worker(settings, true);
    }

    /** Answers {@code hh1:runs}, {@code hh1:adopt} and {@code hh1:forget}, and takes no photos. */
    public static Worker forCommands(WorkerSettings settings) {
        return new Worker(settings, false);
    }

    private void addRoutes(WorkerSettings settings) {
        QueueUrls queues = new QueueUrls(sqs, settings.queues());
        main.configure()
                .addRoutesBuilder(new PhotoRoutes(
                        settings,
                        new LookUpPhoto(new PhotoBucket(s3, settings.s3().in()), settings.backend()),
                        new StoreVideo(new VideoBucket(s3, settings.s3().out())),
                        new GiveBack(sqs, queues),
                        new TellFailure(sqs, queues, settings.queues().tries())));
    }

    public Main main() {
        return main;
    }

    SqsClient sqs() {
        return sqs;
    }

    S3Client s3() {
        return s3;
    }

    HikariDataSource ledger() {
        return ledger;
    }

    private void configure(WorkerSettings settings) {
        // No file of properties, not even the one of s3-pipeline.
        main.setPropertyPlaceholderLocations("false");
        settings.backend().options().forEach((option, value) -> set("camel.component.hh1." + option, value));
        set("camel.main.name", "fleet-worker");
        set("camel.main.autoConfigurationLogSummary", "false");
        set("camel.main.shutdownTimeout", settings.times().shutdown().toSeconds());
        set("camel.main.shutdownLogInflightExchangesOnTimeout", "false");
        set("camel.component.hh1.ledger", "#bean:ledgerDataSource");
        set("camel.component.hh1.maxInFlight", settings.inFlight());
        // The thread that polls waits itself, already for its turn: what this node cannot take stays in the queue.
        set("camel.component.hh1.maxQueued", "0");
        set(
                "camel.component.hh1.generationTimeout",
                settings.times().generation().toMillis());
        set("camel.component.hh1.preflight", "fail");
        set("camel.management.port", settings.http());
        set("camel.management.healthCheckEnabled", "true");
    }

    private void set(String option, Object value) {
        main.addInitialProperty(option, String.valueOf(value));
    }

    private static HikariDataSource ledger(WorkerSettings.LedgerPlace place) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("ledger");
        config.setJdbcUrl(place.url());
        config.setUsername(place.user());
        config.setPassword(place.password());
        config.setMaximumPoolSize(CONNECTIONS);
        // Below a third of the lease: a node that waits longer may be taken for dead.
        config.setConnectionTimeout(8000);
        // Whether the database is there is asked when the worker starts.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    @Override
    public void close() {
        main.stop();
        ledger.close();
        sqs.close();
        presigner.close();
        s3.close();
    }
}
