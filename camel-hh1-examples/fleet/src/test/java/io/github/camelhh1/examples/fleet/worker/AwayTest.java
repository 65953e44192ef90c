package io.github.camelhh1.examples.fleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE;

import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.support.ScheduledPollConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Something that a worker needs is away: it stays alive, and no message is lost. */
class AwayTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Site site;

    @BeforeEach
    void start() throws Exception {
        site = new Site();
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
    }

    private static int status(WorkerSettings settings, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + settings.http() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void withoutItsLedgerAWorkerIsAliveButNotReadyAndSendsNothing() throws Exception {
        WorkerSettings settings = site.settings();
        try (Worker worker = site.start()) {
            await().atMost(LIMIT).until(() -> status(settings, "/observe/health/ready") == 200);
            assertThat(status(settings, "/observe/health/live")).isEqualTo(200);

            worker.ledger().close();
            site.put("horse.jpg", Site.photo(), Map.of());
            site.announce("horse.jpg");

            await().atMost(LIMIT).until(() -> status(settings, "/observe/health/ready") == 503);
            assertThat(status(settings, "/observe/health/live")).isEqualTo(200);
        }
        assertThat(site.simulator.requestCount()).isZero();
    }

    @Test
    @SuppressWarnings("try")
    void withoutItsDatabaseAWorkerThatHasNothingElseIsAliveButNotReady() throws Exception {
        WorkerSettings all = site.settings();
        try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
            WorkerSettings settings = new WorkerSettings(
                    new WorkerSettings.Queues(
                            WorkerSettings.TABLE, WorkerSettings.TABLE, Optional.empty(), Optional.empty(), Site.TRIES),
                    Optional.empty(),
                    new WorkerSettings.LedgerPlace(database.getJdbcUrl("postgres", "postgres"), "postgres", ""),
                    all.backend(),
                    all.times(),
                    all.inFlight(),
                    all.http());
            try (Worker worker = Worker.forPhotos(settings)) {
                worker.prepare();
                worker.main().start();
                await().atMost(LIMIT).until(() -> status(settings, "/observe/health/ready") == 200);

                database.close();

                var consumer = (ScheduledPollConsumer)
                        worker.main().getCamelContext().getRoute("photos").getConsumer();
                await().atMost(LIMIT).until(() -> consumer.getErrorCounter() >= 2);
                assertThat(status(settings, "/observe/health/ready")).isEqualTo(503);
                assertThat(status(settings, "/observe/health/live")).isEqualTo(200);
            }
        }
    }

    @Test
    void aLedgerThatIsAwayAtTheStartIsNoWrongSetting() {
        WorkerSettings good = site.settings();
        WorkerSettings settings = new WorkerSettings(
                good.queues(),
                good.s3(),
                new WorkerSettings.LedgerPlace("jdbc:postgresql://127.0.0.1:1/nowhere", "postgres", ""),
                good.backend(),
                good.times(),
                good.inFlight(),
                good.http());

        assertThat(FleetWorker.work(settings)).isEqualTo(FleetWorker.FAILED);
    }

    @Test
    void aDatabaseThatIsAwayWhenItsTablesAreLookedForIsNoGoodStart() {
        WorkerSettings good = site.settings();
        WorkerSettings settings = new WorkerSettings(
                good.queues(),
                Optional.empty(),
                new WorkerSettings.LedgerPlace("jdbc:postgresql://127.0.0.1:1/nowhere", "postgres", ""),
                good.backend(),
                good.times(),
                good.inFlight(),
                good.http());
        try (Worker worker = Worker.forPhotos(settings)) {
            // Had it come back a moment later, the worker would look for photos in tables that nobody makes.
            assertThatThrownBy(worker::problems).isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    void withoutTheQueueOfFailuresAFailedMessageStays() throws Exception {
        String failed = site.sqs()
                .getQueueUrl(get -> get.queueName(site.settings().queues().failed()))
                .queueUrl();
        site.sqs().deleteQueue(delete -> delete.queueUrl(failed));
        site.send("hello");
        try (Worker worker = site.start()) {
            assertThat(worker.main().isStarted()).isTrue();
            await().atMost(LIMIT).until(() -> site.count(APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE) == 1);
        }
        await().atMost(LIMIT).until(() -> site.count(APPROXIMATE_NUMBER_OF_MESSAGES) == 1);

        site.sqs()
                .createQueue(create -> create.queueName(site.settings().queues().failed()));
        try (Worker worker = site.start()) {
            assertThat(worker.main().isStarted()).isTrue();
            site.awaitThrough();
        }
        assertThat(site.failures()).singleElement().satisfies(failure -> assertThat(failure.body())
                .isEqualTo("hello"));
    }
}
