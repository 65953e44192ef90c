package io.github.camelhh1.examples.fleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import io.github.camelhh1.examples.s3pipeline.s3.S3Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Settings that are well formed, and name what is not there. */
class StartCheckTest {
    private static Site site;
    private static WorkerSettings good;

    @BeforeAll
    static void start() throws Exception {
        site = new Site();
        good = site.settings();
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    private static List<String> problems(WorkerSettings.Queues queues, S3Place s3, WorkerSettings.LedgerPlace ledger) {
        WorkerSettings settings = new WorkerSettings(
                queues, Optional.of(s3), ledger, good.backend(), good.times(), good.inFlight(), good.http());
        try (Worker worker = Worker.forCommands(settings)) {
            return worker.problems();
        }
    }

    private static WorkerSettings.Queues queue(String name) {
        return new WorkerSettings.Queues(
                name, good.queues().failed(), good.queues().endpoint(), Optional.of("us-east-1"), Site.TRIES);
    }

    private static S3Place videosIn(String bucket) {
        return new S3Place(
                good.s3().orElseThrow().endpoint(),
                good.s3().orElseThrow().region(),
                good.s3().orElseThrow().credentials(),
                good.s3().orElseThrow().in(),
                bucket);
    }

    @Test
    void findsNothingWrongWithWhatIsThere() {
        assertThat(problems(good.queues(), good.s3().orElseThrow(), good.ledger()))
                .isEmpty();
    }

    @Test
    void namesAQueueThatIsNotThere() {
        assertThat(problems(queue("elsewhere"), good.s3().orElseThrow(), good.ledger()))
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("no queue elsewhere in us-east-1")
                .contains("AWS_REGION");
    }

    @Test
    void aWorkerWithoutItsQueueEndsWithStatusTwoAndSendsNothing() {
        var settings = new WorkerSettings(
                queue("elsewhere"),
                good.s3(),
                good.ledger(),
                good.backend(),
                good.times(),
                good.inFlight(),
                good.http());

        assertThat(FleetWorker.work(settings)).isEqualTo(FleetWorker.WRONG_SETTINGS);
        assertThat(site.simulator.requestCount()).isZero();
    }

    @Test
    void namesABucketThatIsNotThere() {
        assertThat(problems(good.queues(), videosIn("nowhere"), good.ledger()))
                .containsExactly("S3_OUT: there is no bucket nowhere");
    }

    @Test
    void namesTheRegionOfABucketThatIsElsewhere() throws IOException {
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("x-amz-bucket-region", "eu-central-1");
            exchange.sendResponseHeaders(301, -1);
            exchange.close();
        });
        elsewhere.start();
        try {
            URI endpoint =
                    URI.create("http://127.0.0.1:" + elsewhere.getAddress().getPort());
            S3Place place = new S3Place(
                    Optional.of(endpoint),
                    good.s3().orElseThrow().region(),
                    good.s3().orElseThrow().credentials(),
                    "photos",
                    "videos");

            assertThat(problems(good.queues(), place, good.ledger()))
                    .contains("S3_IN: the bucket photos is in another region, eu-central-1: set AWS_REGION to it");
        } finally {
            elsewhere.stop(0);
        }
    }

    @Test
    void namesADatabaseThatIsNotThere() {
        String url = good.ledger().url().replace("/postgres?", "/nothing?");
        var ledger = new WorkerSettings.LedgerPlace(url, "postgres", "");

        assertThat(problems(good.queues(), good.s3().orElseThrow(), ledger))
                .containsExactly("FLEET_LEDGER names a database that does not exist");
    }

    @Test
    void namesTheTablesThatTheUserMayNotMake() throws Exception {
        try (var pool = good.ledger().pool("owner", 1);
                var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create role guest login");
            statement.execute("create schema guests");
            statement.execute("grant usage on schema guests to guest");
        }
        String url = good.ledger()
                .url()
                .replaceAll("user=\\w+&?", "")
                .replaceAll("currentSchema=\\w+", "currentSchema=guests");
        WorkerSettings settings = new WorkerSettings(
                good.queues(),
                Optional.empty(),
                new WorkerSettings.LedgerPlace(url, "guest", ""),
                good.backend(),
                good.times(),
                good.inFlight(),
                good.http());

        try (Worker worker = Worker.forCommands(settings)) {
            assertThat(worker.problems())
                    .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                    .contains("fleet_photos")
                    .contains("permission denied")
                    .contains("tables.sql");
        }
    }

    @Test
    void refusesAQueueThatMovesMessagesBeforeTheyHaveAReason() {
        String dead = site.sqs().createQueue(create -> create.queueName("dead")).queueUrl();
        String arn = site.sqs()
                .getQueueAttributes(get -> get.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        site.sqs().createQueue(create -> create.queueName("hasty")
                .attributes(Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":3}")));

        assertThat(problems(queue("hasty"), good.s3().orElseThrow(), good.ledger()))
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("maxReceiveCount must be above FLEET_TRIES (3)");
    }
}
