package io.github.camelhh1.examples.s3pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.simulator.ReceivedRequest;
import io.github.camelhh1.simulator.Reply;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From one bucket to the other, in both forms of the routes. */
class PhotosBecomeVideosTest extends S3Setup {
    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void photosBecomeVideosAndBadOnesFailWithTheirReason(String routes) throws Exception {
        try (PipelineFixture bench = new PipelineFixture(server, directory, routes)) {
            bench.put("plain.png", Photos.photo(1), Map.of());
            bench.put("asked for.png", Photos.photo(2), Map.of("prompt", "a good day", "seed", "7"));
            bench.put("text.png", "no picture".getBytes(UTF_8), Map.of());
            bench.put("too long.png", Photos.photo(3), Map.of("duration", "16"));
            bench.put("notes.txt", "not for us".getBytes(UTF_8), Map.of());
            bench.start();

            bench.awaitPhotos(
                    "notes.txt",
                    "done/plain.png",
                    "done/asked for.png",
                    "failed/text.png",
                    "failed/text.png.txt",
                    "failed/too long.png",
                    "failed/too long.png.txt");

            assertThat(bench.simulator.charges()).isEqualTo(2);
            assertThat(bench.simulator.requests())
                    .extracting(ReceivedRequest::image)
                    .allMatch(link -> link.startsWith(bench.place.endpoint().get() + "/" + bench.place.in() + "/"));
            assertThat(bench.reason("too long.png")).contains("duration", "nothing was paid");
            assertThat(bench.reason("text.png")).contains("nothing was paid", "back to the top");
            assertThat(bench.videos()).hasSize(2);
            String video = bench.videos().stream()
                    .filter(key -> key.startsWith("asked for-"))
                    .findFirst()
                    .orElseThrow();
            byte[] content = bench.content(video);
            assertThat(new String(content, 4, 4, US_ASCII)).isEqualTo("ftyp");
            assertThat(bench.metadata(video))
                    .containsEntry("source", "asked for.png")
                    .containsEntry("seed", "7")
                    .containsEntry("model", "alibaba/hh1-i2v")
                    .containsEntry("prompt-sha256", Photos.sha256("a good day".getBytes(UTF_8)))
                    .containsEntry("sha256", Photos.sha256(content))
                    .containsKeys("run", "width", "height", "seconds");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aNotificationIsAsGoodAsALook(String routes) throws Exception {
        try (PipelineFixture bench = new PipelineFixture(server, directory, routes)) {
            bench.with("pipeline.poll", "3600000").start();
            bench.put("red dog.png", Photos.photo(4), Map.of("prompt", "it barks"));
            bench.put("done/old.png", Photos.photo(5), Map.of());

            String json = Notifications.of(bench.place.in(), "red+dog.png", "gone.png", "done/old.png");
            bench.tell(json);
            bench.awaitPhotos("done/red dog.png", "done/old.png");
            bench.tell(json);

            assertThat(bench.simulator.requests())
                    .singleElement()
                    .extracting(ReceivedRequest::prompt)
                    .isEqualTo("it barks");
            assertThat(bench.videos()).singleElement().asString().startsWith("red dog-");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aPhotoThatIsNotifiedTwiceAndPolledIsPaidOnce(String routes) throws Exception {
        try (PipelineFixture bench = new PipelineFixture(server, directory, routes)) {
            bench.with("pipeline.poll", "3600000").start();
            bench.put("cat.png", Photos.photo(15), Map.of());
            for (int i = 0; i < 2; i++) {
                bench.tell(Notifications.of(bench.place.in(), "cat.png"));
                bench.awaitPhotos("done/cat.png");
                bench.moveBack("done", "cat.png");
            }
            bench.with("pipeline.poll", "50").start().awaitPhotos("done/cat.png");

            assertThat(bench.simulator.charges()).isEqualTo(1);
            assertThat(bench.videos()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void theRestOfANotificationIsTakenAfterAPhotoThatFails(String routes) throws Exception {
        try (PipelineFixture bench = new PipelineFixture(server, directory, routes)) {
            bench.with("pipeline.poll", "3600000").start();
            bench.put("bad.png", Photos.photo(11), Map.of("duration", "16"));
            bench.put("good.png", Photos.photo(12), Map.of());

            bench.tell(Notifications.of(bench.place.in(), "bad.png", "good.png"));

            bench.awaitPhotos("done/good.png", "failed/bad.png", "failed/bad.png.txt");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aNotificationFailsAfterAllItsPhotosWhenOneWasNotSent(String routes) throws Exception {
        try (PipelineFixture bench = new PipelineFixture(server, directory, routes)) {
            bench.with("pipeline.poll", "3600000")
                    .with("camel.component.hh1.baseUrl", "http://127.0.0.1:1")
                    .with("camel.component.hh1.maxAttempts", "1")
                    .start();
            bench.put("first.png", Photos.photo(13), Map.of());
            bench.put("bad.png", Photos.photo(14), Map.of("duration", "16"));

            assertThatThrownBy(() -> bench.tell(Notifications.of(bench.place.in(), "first.png", "bad.png")))
                    .hasRootCauseInstanceOf(ConnectException.class)
                    .hasCauseInstanceOf(NotSentException.class);

            assertThat(bench.photos()).containsExactly("failed/bad.png", "failed/bad.png.txt", "first.png");
        }
    }

    @Test
    void aPhotoThatIsInWorkIsNotTakenAgainHoweverItIsTold() throws Exception {
        try (PipelineFixture bench = new PipelineFixture(server, directory, "java")) {
            var gate = new CompletableFuture<Void>();
            bench.simulator.when(request -> true).reply(Reply.completed().heldUntil(gate));
            bench.put("first.png", Photos.photo(6), Map.of());
            bench.start();
            await().until(() -> bench.simulator.requests().size() == 1);
            CompletableFuture<Void> told = CompletableFuture.runAsync(() -> tell(bench, "first.png"));
            for (String later : List.of("second.png", "third.png")) {
                bench.put(later, Photos.photo(later.hashCode()), Map.of());
                await().until(() -> bench.terminal().contains(later));
            }
            gate.complete(null);

            bench.awaitPhotos("done/first.png", "done/second.png", "done/third.png");
            told.join();
            assertThat(bench.simulator.charges()).isEqualTo(3);
            assertThat(bench.videos()).hasSize(3);
        }
    }

    private static void tell(PipelineFixture bench, String key) {
        try {
            bench.tell(Notifications.of(bench.place.in(), key));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPhotoThatIsReplacedMeanwhileHasItsOwnTurn() throws Exception {
        try (PipelineFixture bench = new PipelineFixture(server, directory, "java")) {
            var gate = new CompletableFuture<Void>();
            bench.simulator.when(request -> true).reply(Reply.completed().heldUntil(gate));
            bench.put("cat.png", Photos.photo(7), Map.of());
            bench.start();
            await().until(() -> bench.simulator.requests().size() == 1);
            bench.put("cat.png", Photos.photo(8), Map.of());
            gate.complete(null);

            bench.awaitPhotos("done/cat.png");

            assertThat(bench.simulator.charges()).isEqualTo(2);
            assertThat(bench.videos()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aPhotoThatWasNotSentWaitsWhereItIs(String routes) throws Exception {
        try (PipelineFixture bench = new PipelineFixture(server, directory, routes)) {
            bench.put("cat.png", Photos.photo(10), Map.of());
            bench.with("camel.component.hh1.baseUrl", "http://127.0.0.1:1")
                    .with("camel.component.hh1.maxAttempts", "1")
                    .start();
            await().until(() -> bench.terminal().split("linked in place").length > 2);
            assertThat(bench.photos()).containsExactly("cat.png");

            bench.with("camel.component.hh1.baseUrl", bench.simulator.baseUrl()).start();
            bench.awaitPhotos("done/cat.png");
            assertThat(bench.simulator.charges()).isEqualTo(1);
        }
    }

    @Test
    void aLongVideoIsPutInParts() throws Exception {
        try (PipelineFixture bench = new PipelineFixture(server, directory, "java")) {
            byte[] content = bench.longVideo();
            bench.put("cat.png", Photos.photo(9), Map.of("seed", "3"));
            bench.start().awaitPhotos("done/cat.png");

            String video = bench.videos().get(0);
            assertThat(bench.content(video)).isEqualTo(content);
            assertThat(bench.metadata(video))
                    .containsEntry("seed", "3")
                    .containsEntry("sha256", Photos.sha256(content));
            // The mark of what was put in parts.
            assertThat(bench.s3()
                            .headObject(head -> head.bucket(bench.place.out()).key(video))
                            .eTag())
                    .contains("-");
        }
    }
}
