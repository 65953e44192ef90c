package io.github.camelhh1.examples.fleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.examples.s3pipeline.s3.S3Clients;
import io.github.camelhh1.examples.s3pipeline.s3.S3Place;
import io.github.camelhh1.simulator.VideoReply;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** A photo comes again when its video is stored: nothing that was paid is lost, or said to be. */
class StoredVideosTest {
    /** As time does. */
    private static void expireLinks(Site site) throws SQLException {
        try (HikariDataSource pool = site.settings().ledger().pool("time", 1);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update hh1_run set video_url = split_part(video_url, '?', 1) || '?Expires=1000000000'");
        }
    }

    /** The next video is this one with an empty box behind it. */
    private static void nextIsAnother(Site site, byte[] video) {
        byte[] longer = Arrays.copyOf(video, video.length + 8);
        System.arraycopy(new byte[] {0, 0, 0, 8, 'f', 'r', 'e', 'e'}, 0, longer, video.length, 8);
        site.simulator.scriptVideo(VideoReply.content("video/mp4", longer));
    }

    private static byte[] content(Site site, String video) {
        S3Place place = site.settings().s3().orElseThrow();
        try (S3Client s3 = S3Clients.client(place)) {
            return s3.getObjectAsBytes(get -> get.bucket(place.out()).key(video))
                    .asByteArray();
        }
    }

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
            expireLinks(site);

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
            nextIsAnother(site, content(site, first));
            site.command("forget", run, "COMPLETED");

            announce(site, 2);

            String second = site.videos().stream()
                    .filter(video -> !video.equals(first))
                    .findFirst()
                    .orElseThrow();
            String sha256 = site.metadata(second).get("sha256");
            assertThat(second).isEqualTo(run + "-" + sha256.substring(0, 12) + ".mp4");
            assertThat(content(site, second)).hasSize(content(site, first).length + 8);
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
            expireLinks(table.site);

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
            nextIsAnother(table.site, first);
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
