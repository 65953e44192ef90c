package io.github.camelhh1.examples.fleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A photo comes again when its video is stored: nothing that was paid is lost, or said to be. */
class StoredVideosTest {
    private static void announce(Site site, int videos) throws Exception {
        site.announce("horse.jpg");
        try (Worker worker = site.start()) {
            assertThat(worker.main().isStarted()).isTrue();
            site.awaitThrough();
        }
        assertThat(site.failures()).isEmpty();
        assertThat(site.videos()).hasSize(videos);
    }

    @Test
    void aMessageWhoseVideoIsInTheBucketIsDoneThoughItsLinkHasExpired() throws Exception {
        try (Site site = new Site()) {
            site.put("horse.jpg", Site.photo(), Map.of());
            announce(site, 1);
            site.expireLinks();

            announce(site, 1);

            assertThat(site.simulator.charges()).isEqualTo(1);
        }
    }

    @Test
    void aVideoThatIsPaidAgainIsStoredBesideTheFirst() throws Exception {
        try (Site site = new Site()) {
            site.put("horse.jpg", Site.photo(), Map.of());
            announce(site, 1);
            String first = site.videos().get(0);
            String run = site.metadata(first).get("run");
            site.nextVideoIsAnother(site.content(first));
            site.command("forget", run, "COMPLETED");

            announce(site, 2);

            String second = site.videos().stream()
                    .filter(video -> !video.equals(first))
                    .findFirst()
                    .orElseThrow();
            String sha256 = site.metadata(second).get("sha256");
            assertThat(second).isEqualTo(run + "-" + sha256.substring(0, 12) + ".mp4");
            assertThat(site.content(second)).hasSize(site.content(first).length + 8);
            assertThat(site.simulator.charges()).isEqualTo(2);
        }
    }

    private static void workAgain(TableSite table) throws Exception {
        table.database().update("update fleet_photos set state = 'waiting', claimed_until = '-infinity'");
        table.workUntilThrough();
        assertThat(table.row("horse")).containsEntry("state", "done").containsEntry("reason", null);
    }

    @Test
    void aRowWhoseVideoIsInItsTableIsDoneThoughItsLinkHasExpired() throws Exception {
        try (TableSite table = new TableSite()) {
            table.photo("horse");
            table.workUntilThrough();
            table.site.expireLinks();

            workAgain(table);

            assertThat(table.videos()).containsExactly("horse");
            assertThat(table.site.simulator.charges()).isEqualTo(1);
        }
    }

    @Test
    void aVideoThatIsPaidAgainIsARowBesideTheFirst() throws Exception {
        try (TableSite table = new TableSite()) {
            table.photo("horse");
            table.workUntilThrough();
            String run = table.row("horse").get("run").toString();
            byte[] first = table.database().queryForObject("select video from fleet_videos", byte[].class);
            table.site.nextVideoIsAnother(first);
            table.site.command("forget", run, "COMPLETED");

            workAgain(table);

            List<Map<String, Object>> rows = table.database()
                    .queryForList(
                            "select run, length(video) as bytes,"
                                    + " ? || '-' || left(encode(sha256(video), 'hex'), 12) as other from fleet_videos"
                                    + " order by made",
                            run);
            assertThat(rows).hasSize(2);
            assertThat(rows.get(0)).containsEntry("run", run).containsEntry("bytes", first.length);
            assertThat(rows.get(1))
                    .containsEntry("run", rows.get(1).get("other"))
                    .containsEntry("bytes", first.length + 8);
            assertThat(table.site.simulator.charges()).isEqualTo(2);
        }
    }
}
