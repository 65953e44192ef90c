package io.github.camelhh1.examples.s3pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.simulator.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run whose outcome is known only after its photo has failed, and one whose outcome stays unknown. */
class LateResultsTest extends S3Setup {
    private static final String LOST = "http://127.0.0.1:1/cat.mp4?Expires=1000000000";
    /** The id of the run that its note names. */
    private static String unknown(PipelineFixture bench) throws Exception {
        bench.simulator.script(Fault.closeAfterRequest());
        bench.put("cat.png", Photos.photo(1), Map.of());
        bench.start().awaitPhotos("failed/cat.png", "failed/cat.png.txt");
        Matcher run = Pattern.compile("Run: +(\\w+)").matcher(bench.reason("cat.png"));
        assertThat(run.find()).isTrue();
        return run.group(1);
    }

    /** As a look-up does it. */
    private void complete(String runId, String link) {
        try (LedgerSession session =
                Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db")).open()) {
            Run run = session.find(runId).orElseThrow();
            var attempt = new Claim.Attempt(new Claim(runId, run.owner(), run.claim()), run.attempt());
            session.complete(
                    attempt, new Completion(link, "Completed", null, Duration.ofSeconds(9), null, null, null), false);
        }
    }

    /** The link of a video that the service has made for another photo. */
    private String someLink(PipelineFixture bench) throws Exception {
        bench.put("other.png", Photos.photo(2), Map.of());
        bench.start().awaitPhotos("done/other.png", "failed/cat.png", "failed/cat.png.txt");
        String other = bench.metadata(bench.videos().get(0)).get("run");
        try (LedgerSession session =
                Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db")).open()) {
            return session.find(other).orElseThrow().completion().videoUrl();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aRecoveredVideoIsPutAndItsPhotoIsDone(String routes) throws Exception {
        try (PipelineFixture bench = new PipelineFixture(server, directory, routes)) {
            String run = unknown(bench);
            String link = someLink(bench);
            complete(run, link);
            bench.with("pipeline.after", "0").start();

            bench.awaitPhotos("done/cat.png", "done/other.png");

            String video = "cat-" + run.substring(0, 12) + ".mp4";
            assertThat(bench.videos()).hasSize(2).contains(video);
            assertThat(bench.metadata(video)).containsEntry("run", run).containsEntry("source", "cat.png");
            assertThat(bench.simulator.requests()).hasSize(2);
            assertThat(bench.terminal()).contains("recovered, downloading");
        }
    }

    /** A person follows the note as it was before the video came. */
    @Test
    void aRunThatWasRecoveredIsNotForgottenByAnOldInstruction() throws Exception {
        try (PipelineFixture bench = new PipelineFixture(server, directory, "java")) {
            String run = unknown(bench);
            complete(run, someLink(bench));
            bench.with("pipeline.after", "0").start();
            bench.awaitPhotos("done/cat.png", "done/other.png");

            Settlement old =
                    Settlement.read(Map.of("pipeline.forget", run)::get).orElseThrow();
            assertThatThrownBy(() -> old.carryOut(bench.settings, bench.console))
                    .hasMessageContaining("is COMPLETED, and not UNKNOWN");

            bench.moveBack("done", "cat.png");
            bench.awaitPhotos("done/cat.png", "done/other.png");
            assertThat(bench.simulator.requests()).hasSize(2);
            assertThat(bench.videos()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aRecoveredVideoThatCannotBeFetchedStaysFailedWithItsLink(String routes) throws Exception {
        try (PipelineFixture bench = new PipelineFixture(server, directory, routes)) {
            String run = unknown(bench);
            complete(run, LOST);
            bench.with("pipeline.after", "0").start();

            bench.await(() -> assertThat(bench.reason("cat.png"))
                    .contains("could not be fetched", "is billed", "is fetched again", LOST, run));

            bench.awaitPhotos("failed/cat.png", "failed/cat.png.txt");
            assertThat(bench.videos()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aRecoveredVideoWhoseLinkHasExpiredHasANoteThatSaysSo(String routes) throws Exception {
        try (PipelineFixture bench = new PipelineFixture(server, directory, routes)) {
            String run = unknown(bench);
            complete(run, bench.simulator.baseUrl() + "/no-video.mp4?Expires=1000000000");
            bench.with("pipeline.after", "0").start();

            bench.await(() -> assertThat(bench.reason("cat.png"))
                    .contains("expired", "is billed", "forget=" + run + " -Dpipeline.state=COMPLETED"));

            bench.awaitPhotos("failed/cat.png", "failed/cat.png.txt");
            assertThat(bench.terminal()).containsOnlyOnce("recovered, downloading");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aRunThatStaysUnknownHasItsNoteWhereItsPhotoHasNone(String routes) throws Exception {
        try (PipelineFixture bench = new PipelineFixture(server, directory, routes)) {
            String run = unknown(bench);
            bench.s3().deleteObject(delete -> delete.bucket(bench.place.in()).key("failed/cat.png"));
            bench.s3().deleteObject(delete -> delete.bucket(bench.place.in()).key("failed/cat.png.txt"));
            bench.with("pipeline.after", "0").start();

            String note = "cat.png-" + run.substring(0, 12);
            bench.awaitPhotos("failed/" + note + ".txt");
            assertThat(bench.reason(note))
                    .contains("cat.png did not", "Money:         unknown", "-Dpipeline.adopt=" + run)
                    .contains("-Dpipeline.forget=" + run);

            complete(run, LOST);
            bench.start();
            bench.await(() -> assertThat(bench.reason(note)).contains("could not be fetched", LOST));
            assertThat(bench.photos()).containsExactly("failed/" + note + ".txt");
        }
    }

    /** Of another request: it has its own run, and its turn. */
    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aPhotoThatFailsForAnotherRunTakesNoNoteAway(String routes) throws Exception {
        try (PipelineFixture bench = new PipelineFixture(server, directory, routes)) {
            String run = unknown(bench);
            String link = someLink(bench);
            bench.stop();
            bench.put("cat.png", Photos.photo(1), Map.of("duration", "16"));
            bench.start();
            String failed = bench.awaitPhoto(photo -> photo.endsWith("/cat.png") && photo.split("/").length == 3);
            assertThat(bench.reason(failed.substring("failed/".length()))).contains("duration");
            assertThat(bench.reason("cat.png")).contains(run);
            complete(run, link);
            bench.with("pipeline.after", "0").start();

            bench.awaitPhotos("done/other.png", "done/cat.png", failed, failed + ".txt");
            assertThat(bench.videos()).hasSize(2);
        }
    }
}
