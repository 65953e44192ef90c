package io.github.camelhh1.examples.s3pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.simulator.Fault;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** The same photo once more: nothing is paid again, and nothing is overwritten. */
class RedeliveryTest extends PipelineSetup {
    private void once() throws Exception {
        bench.put("cat.png", Photos.photo(1), Map.of());
        bench.start().awaitPhotos("done/cat.png");
    }

    /** Another content with this hash as its metadata: whoever overwrites it is found out. */
    private void mark(String video, String sha256) {
        bench.s3()
                .putObject(
                        put -> put.bucket(bench.place.out()).key(video).metadata(Map.of("sha256", sha256)),
                        RequestBody.fromString("marked"));
    }

    @Test
    void theVideoThatIsThereIsLeftAloneAndThePhotoIsDone() throws Exception {
        once();
        String video = bench.videos().get(0);
        mark(video, bench.metadata(video).get("sha256"));

        bench.moveBack("done", "cat.png");
        bench.awaitPhotos("done/cat.png");

        assertThat(bench.terminal()).contains("paid before", video + " was there already");
        assertThat(bench.content(video)).asString(UTF_8).isEqualTo("marked");
        assertThat(bench.simulator.charges()).isEqualTo(1);
    }

    @Test
    void aVideoInPartsOverwritesNothingEither() throws Exception {
        bench.longVideo();
        once();
        String video = bench.videos().get(0);
        mark(video, bench.metadata(video).get("sha256"));

        bench.moveBack("done", "cat.png");
        bench.awaitPhotos("done/cat.png");

        assertThat(bench.content(video)).asString(UTF_8).isEqualTo("marked");
        assertThat(bench.s3()
                        .listMultipartUploads(list -> list.bucket(bench.place.out()))
                        .uploads())
                .isEmpty();
    }

    @Test
    void anotherVideoOfThatNameIsLeftAloneAndThePhotoFails() throws Exception {
        once();
        String video = bench.videos().get(0);
        mark(video, "another");

        bench.moveBack("done", "cat.png");
        bench.awaitPhotos("failed/cat.png", "failed/cat.png.txt");

        assertThat(bench.reason("cat.png")).contains("is another video", "is billed", "not paid again");
        assertThat(bench.content(video)).asString(UTF_8).isEqualTo("marked");
        assertThat(bench.simulator.charges()).isEqualTo(1);
    }

    @Test
    void afterARestartTheVideoIsFetchedAgainAndNotPaidAgain() throws Exception {
        once();
        bench.stop();
        bench.moveBack("done", "cat.png");
        String video = bench.videos().get(0);
        bench.s3().deleteObject(delete -> delete.bucket(bench.place.out()).key(video));
        bench.start();

        bench.awaitPhotos("done/cat.png");

        assertThat(bench.videos()).containsExactly(video);
        assertThat(bench.simulator.charges()).isEqualTo(1);
    }

    @Test
    void aPhotoWhoseVideoWasPutBeforeItsLinkExpiredIsDone() throws Exception {
        once();
        bench.stop();
        bench.expireLinks();
        bench.moveBack("done", "cat.png");
        bench.start().awaitPhotos("done/cat.png");

        assertThat(bench.terminal()).contains("its video was there already");
        assertThat(bench.simulator.charges()).isEqualTo(1);
    }

    @Test
    void whatMayHaveBeenPaidIsHeldUntilItIsSettled() throws Exception {
        bench.simulator.script(Fault.closeAfterRequest());
        bench.put("cat.png", Photos.photo(1), Map.of());
        bench.start().awaitPhotos("failed/cat.png", "failed/cat.png.txt");
        String reason = bench.reason("cat.png");
        assertThat(reason).contains("Money:         unknown");
        bench.moveBack("failed", "cat.png");
        bench.awaitPhotos("failed/cat.png", "failed/cat.png.txt");
        assertThat(bench.simulator.requests()).hasSize(1);

        var run = Pattern.compile("-Dpipeline[.]forget=(\\S+)").matcher(reason);
        assertThat(run.find()).isTrue();
        Settlement.read(Map.of("pipeline.forget", run.group(1))::get)
                .orElseThrow()
                .carryOut(bench.settings, bench.console);
        bench.moveBack("failed", "cat.png");
        bench.awaitPhotos("done/cat.png", "failed/cat.png.txt");

        assertThat(bench.videos()).hasSize(1);
        assertThat(bench.terminal()).contains("is forgotten");
    }
}
