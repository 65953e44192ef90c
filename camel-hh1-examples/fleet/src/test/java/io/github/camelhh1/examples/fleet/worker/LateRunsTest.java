package io.github.camelhh1.examples.fleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.simulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

/** A run that ended when no message waited for it: its video is stored, or it is reported as held. */
class LateRunsTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static void workUntil(WorkerSettings settings, java.util.concurrent.Callable<Boolean> done)
            throws Exception {
        try (Worker worker = Worker.forPhotos(settings)) {
            worker.main().start();
            await().atMost(LIMIT).until(done);
        }
    }

    /** The reply that may have been a video, of a request that is paid. */
    private static Reply noAnswer() {
        return Reply.bytes(200, "text/html", new byte[0]).billed(true);
    }

    @Test
    void aLateVideoGoesToTheBucketUnderItsRun() throws Exception {
        try (Site site = new Site()) {
            String run = held(site);
            site.comesLate(run);

            workUntil(site.impatient(), () -> site.videos().contains(run + ".mp4"));

            assertThat(site.metadata(run + ".mp4"))
                    .containsEntry("source", "horse.jpg")
                    .containsEntry("run", run);
            assertThat(site.simulator.charges()).isEqualTo(2);
            assertThatThrownBy(() -> site.command("forget", run))
                    .as("an old instruction")
                    .hasMessageContaining("is COMPLETED, and not UNKNOWN");
            assertThat(site.state(run)).isEqualTo(RunState.COMPLETED);
        }
    }

    @Test
    void aHeldRunIsToldWithItsReasonAndItsMessageMakesTheVideoOnceItIsSettled() throws Exception {
        try (Site site = new Site()) {
            String run = held(site);
            site.removeFailures();

            workUntil(site.impatient(), () -> site.failures().size() == 1);

            Message told = site.failures().get(0);
            assertThat(told.body()).contains("horse.jpg");
            assertThat(Site.attribute(told, "kind")).isEqualTo("held");
            assertThat(Site.attribute(told, "run")).isEqualTo(run);
            assertThat(Site.attribute(told, "photo")).isEqualTo("s3://photos/horse.jpg");
            assertThat(Site.attribute(told, "reason")).isNotBlank();
            assertThat(Site.attribute(told, "settle")).contains("adopt " + run + " LINK", "forget " + run, "redrive");

            site.command("forget", run);
            site.command("redrive");
            workUntil(site.settings(), () -> site.videos().contains(run + ".mp4"));
            assertThat(site.simulator.charges()).isEqualTo(3);
        }
    }

    /** The run of a photo that is reported as held, beside the video of another one. */
    private static String held(Site site) throws Exception {
        site.put("other.jpg", Site.photo(), Map.of());
        site.announce("other.jpg");
        workUntil(site.settings(), () -> site.videos().size() == 1);
        site.simulator.script(noAnswer());
        site.put("horse.jpg", Site.photo(), Map.of());
        site.announce("horse.jpg");
        workUntil(site.settings(), () -> site.failures().size() == 1);
        return Site.attribute(site.failures().get(0), "run");
    }

    @Test
    void aLateVideoGoesToTheTableAndItsPhotoIsDone() throws Exception {
        try (TableSite table = new TableSite()) {
            String run = held(table);
            table.site.comesLate(run);

            workUntil(table.site.impatient(), () -> table.count("state = 'done'") == 2);

            assertThat(table.row("horse"))
                    .containsEntry("run", run)
                    .containsEntry("reason", null)
                    .containsEntry("settle", null);
            assertThat(table.videos()).isEqualTo(List.of("horse", "other"));
            assertThat(table.site.simulator.charges()).isEqualTo(2);
        }
    }

    @Test
    void aPhotoThatWasGivenUpGetsTheReasonOfItsHeldRun() throws Exception {
        try (TableSite table = new TableSite()) {
            String run = held(table);
            table.database().update("update fleet_photos set state = 'failed', run = null where id = 'horse'");

            workUntil(table.site.impatient(), () -> table.count("state = 'held'") == 1);

            assertThat(table.row("horse")).containsEntry("run", run);
            assertThat(table.row("horse").get("settle").toString()).contains("forget " + run);
        }
    }

    private static String held(TableSite table) throws Exception {
        table.photo("other");
        table.workUntilThrough();
        table.site.simulator.script(noAnswer());
        table.photo("horse");
        table.workUntilThrough();
        return table.row("horse").get("run").toString();
    }
}
