package io.github.camelhh1.examples.fleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE;

import io.github.camelhh1.simulator.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker that is told to stop. */
class DrainTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int ONE = 1;

    private Site site;

    @BeforeEach
    void start() throws Exception {
        site = new Site();
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
    }

    /** A message that is not given back stays away for the rest of the test. */
    private WorkerSettings patient() {
        WorkerSettings all = site.settings();
        Duration hour = Duration.ofHours(1);
        return new WorkerSettings(
                all.queues(),
                all.s3(),
                all.ledger(),
                all.backend(),
                new WorkerSettings.Times(hour, Duration.ofMinutes(5), Duration.ofMinutes(6)),
                ONE,
                all.http());
    }

    @Test
    void finishesWhatIsInFlightAndGivesBackWhatWaits() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        site.simulator.script(Reply.completed().heldUntil(gate));
        for (String photo : new String[] {"one.jpg", "two.jpg", "three.jpg"}) {
            site.put(photo, Site.photo(), Map.of());
            site.announce(photo);
        }
        Worker worker = Worker.forPhotos(patient());
        worker.main().start();
        await().atMost(LIMIT).until(() -> site.simulator.inFlight() == 1);
        await().atMost(LIMIT).until(() -> site.count(APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE) == 3);

        CompletableFuture<Void> stopping = CompletableFuture.runAsync(worker::close);

        await().atMost(LIMIT).until(() -> site.count(APPROXIMATE_NUMBER_OF_MESSAGES) == 2);
        assertThat(stopping).isNotDone();
        gate.complete(null);
        stopping.get(2, TimeUnit.MINUTES);
        assertThat(site.simulator.requestCount()).isEqualTo(1);
        assertThat(site.videos()).hasSize(1);
        assertThat(site.count(APPROXIMATE_NUMBER_OF_MESSAGES, APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isEqualTo(2);
    }
}
