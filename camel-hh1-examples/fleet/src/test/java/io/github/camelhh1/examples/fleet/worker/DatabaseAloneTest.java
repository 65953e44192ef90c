package io.github.camelhh1.examples.fleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import io.github.camelhh1.simulator.Reply;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker with PostgreSQL as queue, store and ledger, and every way that a photo can go. */
class DatabaseAloneTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private TableSite table;

    @BeforeEach
    void start() throws Exception {
        table = new TableSite();
    }

    @AfterEach
    void stop() throws Exception {
        table.close();
    }

    private int charges() {
        return table.site.simulator.charges();
    }

    @Test
    void aPhotoBecomesAVideoAndItsRowIsDone() throws Exception {
        table.photo("horse");
        table.database().update("update fleet_photos set seed = 7, duration = 3, watermark = true");

        table.workUntilThrough();

        assertThat(table.row("horse")).containsEntry("state", "done").containsEntry("billing", "BILLED");
        byte[] video = table.database()
                .queryForObject(
                        "select video from fleet_videos where run = ?",
                        byte[].class,
                        table.row("horse").get("run"));
        assertThat(video).hasSizeGreaterThan(100);
        assertThat(new String(video, 4, 4, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("ftyp");
        assertThat(charges()).isEqualTo(1);
        assertThat(table.site.simulator.meter().get(0).seconds()).isEqualTo(3);
    }

    @Test
    void aPhotoThatIsTakenTwiceIsPaidOnce() throws Exception {
        table.photo("horse");
        table.workUntilThrough();
        table.database().update("update fleet_photos set state = 'waiting', claimed_until = '-infinity'");

        table.workUntilThrough();

        assertThat(table.row("horse")).containsEntry("state", "done");
        assertThat(table.videos()).containsExactly("horse");
        assertThat(charges()).isEqualTo(1);
    }

    @Test
    void aLinkThatIsNoPhotoFailsUnpaidWithItsReason() throws Exception {
        table.add("words", "a horse");
        table.add("gone", table.site.simulator.baseUrl() + "/gone.jpg");
        table.photo("huge", Arrays.copyOf(Site.photo(), 30 << 20));

        table.workUntilThrough();

        assertThat(List.of("words", "gone", "huge")).allSatisfy(id -> assertThat(table.row(id))
                .containsEntry("state", "failed")
                .containsEntry("billing", "NOT_BILLED"));
        assertThat(table.row("words").get("reason").toString()).contains("image");
        assertThat(table.row("gone").get("reason").toString()).contains("cannot be fetched");
        assertThat(table.row("huge").get("reason").toString()).contains("image");
        assertThat(charges()).isZero();
    }

    @Test
    void aPhotoThatFailsAgainAndAgainFailsForGoodWithTheLastReason() throws Exception {
        table.site.option("maxSecondsPerDay", "3");
        table.photo("horse");

        table.workUntilThrough();

        assertThat(table.row("horse")).containsEntry("state", "failed").containsEntry("claims", Site.TRIES);
        assertThat(table.row("horse").get("reason").toString()).contains("maxSecondsPerDay");
        assertThat(table.site.simulator.requestCount()).isZero();
    }

    @Test
    void aPhotoThatEveryWorkerDiedOfIsGivenUpAndTheOthersGoOn() throws Exception {
        table.photo("deadly");
        table.photo("horse");
        table.database()
                .update(
                        "update fleet_photos set claims = ?, claimed_until = now() where id = 'deadly'",
                        2 * Site.TRIES);

        table.workUntilThrough();

        assertThat(table.row("deadly")).containsEntry("state", "failed").containsEntry("billing", "UNKNOWN");
        assertThat(table.row("deadly").get("reason").toString()).contains("taken 6 times");
        assertThat(table.videos()).containsExactly("horse");
    }

    @Test
    void anUnknownOutcomeIsHeldUntilAPersonSettlesIt() throws Exception {
        table.site.simulator.script(Reply.bytes(200, "text/html", new byte[0]).billed(true));
        table.photo("horse");
        table.workUntilThrough();
        assertThat(table.row("horse")).containsEntry("state", "held").containsEntry("billing", "UNKNOWN");
        String run = table.row("horse").get("run").toString();
        assertThat(table.row("horse").get("settle").toString()).contains("forget " + run);

        assertThat(table.site.command("redrive")).contains("1 put back");
        table.workUntilThrough();
        assertThat(table.row("horse")).as("not settled: held again").containsEntry("state", "held");
        assertThat(charges()).isEqualTo(1);

        table.site.command("forget", run);
        table.site.command("redrive");
        table.workUntilThrough();
        assertThat(table.row("horse")).containsEntry("state", "done").containsEntry("run", run);
        assertThat(charges()).isEqualTo(2);
    }

    @Test
    void aClaimIsExtendedWhileItsPhotoIsInWork() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        table.site.simulator.script(Reply.completed().heldUntil(gate));
        table.photo("horse");
        try (Worker worker = table.site.start()) {
            assertThat(worker.main().isStarted()).isTrue();
            await().atMost(LIMIT).until(() -> table.site.simulator.inFlight() == 1);
            Object first = table.row("horse").get("claimed_until");

            await().atMost(LIMIT).until(() -> !first.equals(table.row("horse").get("claimed_until")));

            gate.complete(null);
            table.awaitThrough();
        }
        assertThat(table.row("horse")).containsEntry("state", "done");
        assertThat(charges()).isEqualTo(1);
    }

    @Test
    void aStoppedWorkerFinishesWhatIsInFlightAndGivesBackWhatWaits() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        table.site.simulator.script(Reply.completed().heldUntil(gate));
        for (String id : List.of("one", "two", "three")) {
            table.photo(id);
        }
        Worker worker = Worker.forPhotos(oneAtATime());
        worker.main().start();
        await().atMost(LIMIT).until(() -> table.site.simulator.inFlight() == 1);
        await().atMost(LIMIT).until(() -> table.count("claimed_until > now()") == 2);

        CompletableFuture<Void> stopping = CompletableFuture.runAsync(worker::close);

        await().atMost(LIMIT).until(() -> table.count("claimed_until > now()") == 1);
        assertThat(stopping).isNotDone();
        gate.complete(null);
        stopping.get(2, TimeUnit.MINUTES);
        assertThat(table.site.simulator.requestCount()).isEqualTo(1);
        assertThat(table.count("state = 'done'")).isEqualTo(1);
        assertThat(table.count("state = 'waiting' and claims = 0 and claimed_by is null"))
                .isEqualTo(2);
    }

    /** A row that is not given back stays away for the rest of the test. */
    private WorkerSettings oneAtATime() {
        WorkerSettings all = table.site.settings();
        Duration hour = Duration.ofHours(1);
        var times = new WorkerSettings.Times(
                hour, Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofMinutes(6), hour);
        return new WorkerSettings(all.queues(), all.s3(), all.ledger(), all.backend(), times, 1, all.http());
    }

    @Test
    void twoWorkersShareThePhotos() throws Exception {
        for (int i = 0; i < 12; i++) {
            table.photo("photo-" + i);
        }
        try (Worker one = table.site.start();
                Worker other = Worker.forPhotos(elsewhere())) {
            other.main().start();
            assertThat(one.main().isStarted()).isTrue();
            table.awaitThrough();
        }

        assertThat(table.videos()).hasSize(12).doesNotHaveDuplicates();
        assertThat(charges()).isEqualTo(12);
    }

    /** With a port of its own for the health checks. */
    private WorkerSettings elsewhere() throws Exception {
        WorkerSettings all = table.site.settings();
        return new WorkerSettings(
                all.queues(), all.s3(), all.ledger(), all.backend(), all.times(), all.inFlight(), Site.freePort());
    }
}
