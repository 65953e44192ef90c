package io.github.camelhh1.examples.fleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE;

import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import io.github.camelhh1.simulator.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker that is stopped. */
class DrainTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration HOUR = Duration.ofHours(1);
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
        return with(
                new WorkerSettings.Times(
                        HOUR, Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofMinutes(6), HOUR),
                ONE);
    }

    private WorkerSettings with(WorkerSettings.Times times, int inFlight) {
        WorkerSettings all = site.settings();
        return new WorkerSettings(all.queues(), all.s3(), all.ledger(), all.backend(), times, inFlight, all.http());
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
        site.put("late.jpg", Site.photo(), Map.of());
        site.announce("late.jpg");
        gate.complete(null);
        stopping.get(2, TimeUnit.MINUTES);
        assertThat(site.simulator.requestCount()).isEqualTo(1);
        assertThat(site.videos()).hasSize(1);
        assertThat(site.count(APPROXIMATE_NUMBER_OF_MESSAGES, APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .as("two that waited, and one that came after the stop")
                .isEqualTo(3);
        assertThat(site.count(APPROXIMATE_NUMBER_OF_MESSAGES)).isEqualTo(3);
    }

    @Test
    void pastTheTimeOutWhatIsInFlightIsHeldAndNotPaidAgain() throws Exception {
        CompletableFuture<Void> never = new CompletableFuture<>();
        String[] photos = {"one.jpg", "two.jpg", "three.jpg", "four.jpg"};
        for (String photo : photos) {
            site.simulator.script(Reply.completed().heldUntil(never));
            site.put(photo, Site.photo(), Map.of());
            site.announce(photo);
        }
        Duration second = Duration.ofSeconds(1);
        Worker worker = Worker.forPhotos(with(
                new WorkerSettings.Times(Duration.ofSeconds(2), Duration.ofMinutes(5), second, second, HOUR),
                photos.length));
        worker.main().start();
        await().atMost(LIMIT).until(() -> site.simulator.inFlight() == photos.length);

        worker.close();

        assertThat(site.command("held")).contains("4 held");
        try (Worker next = site.start()) {
            assertThat(next.main().isStarted()).isTrue();
            await().atMost(LIMIT).until(() -> site.failures().size() == photos.length);
        }
        assertThat(site.failures()).allSatisfy(failure -> assertThat(Site.attribute(failure, "kind"))
                .isEqualTo("held"));
        assertThat(site.videos()).isEmpty();
        assertThat(site.simulator.charges()).isEqualTo(photos.length);
        never.complete(null);
    }
}
