package io.github.camelhh1.examples.fleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.simulator.Reply;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One worker, its queue, and every way that a message can go. */
class PhotosBecomeVideosTest {
    private Site site;

    @BeforeEach
    void start() throws Exception {
        site = new Site();
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
    }

    private void workUntilThrough() throws Exception {
        try (Worker worker = site.start()) {
            assertThat(worker.main().isStarted()).isTrue();
            site.awaitThrough();
        }
    }

    @Test
    void aPhotoBecomesAVideoUnderTheNameOfItsRun() throws Exception {
        site.put("horse.jpg", Site.photo(), Map.of("seed", "7"));
        site.announce("horse.jpg");

        workUntilThrough();

        assertThat(site.videos()).singleElement().satisfies(video -> {
            Map<String, String> metadata = site.metadata(video);
            assertThat(video).isEqualTo(metadata.get("run") + ".mp4");
            assertThat(metadata).containsEntry("source", "horse.jpg").containsEntry("seed", "7");
        });
        assertThat(site.failures()).isEmpty();
    }

    @Test
    void aPhotoThatIsAnnouncedTwiceIsPaidOnce() throws Exception {
        site.put("horse.jpg", Site.photo(), Map.of());
        site.announce("horse.jpg");
        site.announce("horse.jpg");

        workUntilThrough();

        assertThat(site.videos()).hasSize(1);
        assertThat(site.simulator.charges()).isEqualTo(1);
        assertThat(site.failures()).isEmpty();
    }

    @Test
    void aMessageThatIsNoEventFailsWithItsReason() throws Exception {
        site.send("hello");
        site.send("{\"Records\": [{\"eventName\": \"ObjectRemoved:Delete\"}]}");
        site.send("{\"Service\": \"Amazon S3\", \"Event\": \"s3:TestEvent\"}");

        workUntilThrough();

        assertThat(site.failures())
                .hasSize(2)
                .allSatisfy(failure -> {
                    assertThat(Site.attribute(failure, "kind")).isEqualTo("failed");
                    assertThat(Site.attribute(failure, "billing")).isEqualTo("NOT_BILLED");
                })
                .anySatisfy(failure -> {
                    assertThat(failure.body()).isEqualTo("hello");
                    assertThat(Site.attribute(failure, "reason")).contains("no JSON");
                })
                .anySatisfy(
                        failure -> assertThat(Site.attribute(failure, "reason")).contains("no event of S3"));
    }

    @Test
    void aPhotoThatIsGoneFailsAndItsNeighbourInTheMessageIsDone() throws Exception {
        site.put("horse.jpg", Site.photo(), Map.of());
        site.announce("gone.jpg", "horse.jpg");

        workUntilThrough();

        assertThat(site.failures()).singleElement().satisfies(failure -> {
            assertThat(Site.attribute(failure, "photo")).isEqualTo("s3://photos/gone.jpg");
            assertThat(Site.attribute(failure, "reason")).contains("gone from its bucket");
        });
        assertThat(site.videos()).hasSize(1);
    }

    @Test
    void aPhotoOfThirtyMegabytesFailsUnpaid() throws Exception {
        site.put("huge.jpg", Arrays.copyOf(Site.photo(), 30 << 20), Map.of());
        site.announce("huge.jpg");

        workUntilThrough();

        assertThat(site.failures()).singleElement().satisfies(failure -> {
            assertThat(Site.attribute(failure, "billing")).isEqualTo("NOT_BILLED");
            assertThat(Site.attribute(failure, "reason")).contains("MB");
        });
        assertThat(site.simulator.requestCount()).isZero();
    }

    @Test
    void aMessageThatFailsAgainAndAgainFailsForGoodWithTheLastReason() throws Exception {
        site.option("maxSecondsPerDay", "3");
        site.put("horse.jpg", Site.photo(), Map.of());
        site.announce("horse.jpg");

        workUntilThrough();

        assertThat(site.failures()).singleElement().satisfies(failure -> {
            assertThat(Site.attribute(failure, "kind")).isEqualTo("failed");
            assertThat(Site.attribute(failure, "billing")).isEqualTo("NOT_BILLED");
            assertThat(Site.attribute(failure, "reason")).contains("maxSecondsPerDay");
        });
        assertThat(site.simulator.requestCount()).isZero();
    }

    @Test
    void anUnknownOutcomeIsHeldUntilAPersonSettlesIt() throws Exception {
        site.simulator.script(Reply.bytes(200, "text/html", new byte[0]).billed(true));
        site.put("horse.jpg", Site.photo(), Map.of());
        site.announce("horse.jpg");
        workUntilThrough();
        assertThat(site.failures()).singleElement().satisfies(failure -> {
            assertThat(Site.attribute(failure, "kind")).isEqualTo("held");
            assertThat(Site.attribute(failure, "billing")).isEqualTo("UNKNOWN");
        });
        String run = Site.attribute(site.failures().get(0), "run");

        assertThat(site.command("held")).contains(run).contains("1 held");
        assertThat(site.command("redrive")).contains("1 put back");
        workUntilThrough();
        assertThat(site.failures()).as("not settled: held again").hasSize(1);
        assertThat(site.simulator.charges()).isEqualTo(1);

        site.command("forget", run);
        site.command("redrive");
        workUntilThrough();
        assertThat(site.videos()).containsExactly(run + ".mp4");
        assertThat(site.failures()).isEmpty();
        assertThat(site.simulator.charges()).isEqualTo(2);
    }
}
