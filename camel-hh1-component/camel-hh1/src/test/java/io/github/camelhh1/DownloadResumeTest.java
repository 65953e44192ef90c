package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.DownloadException;
import io.github.camelhh1.failure.VideoExpiredException;
import io.github.camelhh1.fixture.Pictures;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import io.github.camelhh1.simulator.VideoReply;
import io.github.camelhh1.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Downloads that are interrupted, as a route sees them. */
class DownloadResumeTest {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR =
            new Hh1SimulatorExtension(Hh1Simulator.builder().rendering(false));

    @TempDir
    Path directory;

    private final CamelContext context = new DefaultCamelContext();
    private ProducerTemplate template;
    private String link;
    private int charges = 1;

    @BeforeEach
    void start() {
        var hh1 = new Hh1Component(context);
        hh1.setMaxInFlight(1);
        var options = hh1.getConfiguration();
        options.setBaseUrl(SIMULATOR.simulator().baseUrl());
        options.setAccountId(SIMULATOR.simulator().account());
        options.setApiKey(SIMULATOR.simulator().apiKey());
        options.setAllowPrivateHosts(true);
        options.setRetryDelay(10);
        context.addComponent("hh1", hh1);
        context.start();
        template = context.createProducerTemplate();
        link = template.requestBody("hh1:generate", SIMULATOR.simulator().sampleImageUrl(), String.class);
    }

    @AfterEach
    void stop() {
        context.stop();
        assertThat(SIMULATOR.simulator().charges()).as("charges").isEqualTo(charges);
    }

    private CompletableFuture<Exchange> begin(String more) {
        return template.asyncSend(
                "hh1:download?downloadDirectory=" + directory + more,
                exchange -> exchange.getMessage().setBody(link));
    }

    private static Exchange end(CompletableFuture<Exchange> begun) {
        return begun.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private void script(VideoReply... replies) {
        SIMULATOR.simulator().scriptVideo(replies);
    }

    private static String sha256(byte[] bytes) {
        var digest = Sha256.digest();
        digest.update(bytes);
        return Sha256.hex(digest);
    }

    @Nested
    class AVideoThatStalls {
        @Test
        void leavesAConnectionToTheImagesThatAreLookedAt() {
            script(VideoReply.whole().stallingAfter(100));
            begin("");
            await().until(() -> directory.toFile().list().length == 1);
            String image = SIMULATOR.simulator().serve("picture", Pictures.encoded("png", 1000, 200));
            Exchange looked =
                    template.request("hh1:generate?preflightUrls=true&preflight=fail", exchange -> exchange.getMessage()
                            .setBody(image));
            assertThat(looked.getException()).hasMessageContaining("its height is 200 pixels");
        }
    }

    @Nested
    class AVideo {
        private void isWhole(Exchange exchange) throws IOException {
            assertThat(exchange.getException()).isNull();
            byte[] video = exchange.getMessage().getBody(byte[].class);
            assertThat(exchange.getMessage().getHeaders())
                    .containsEntry(Hh1Constants.VIDEO_SHA256, sha256(video))
                    .containsEntry(Hh1Constants.VIDEO_URL, link)
                    .hasEntrySatisfying(Hh1Constants.VIDEO_WIDTH, width -> assertThat((Integer) width)
                            .isPositive())
                    .hasEntrySatisfying(Hh1Constants.VIDEO_HEIGHT, height -> assertThat((Integer) height)
                            .isPositive())
                    .hasEntrySatisfying(Hh1Constants.VIDEO_DURATION, duration -> assertThat((Duration) duration)
                            .isPositive());
            try (var files = Files.list(directory)) {
                assertThat(files).singleElement().satisfies(file -> assertThat(file)
                        .hasFileName(exchange.getMessage().getHeader(Hh1Constants.VIDEO_FILE_NAME, String.class))
                        .hasBinaryContent(video));
            }
        }

        @Test
        void saysWhatItIs() throws IOException {
            isWhole(end(begin("")));
        }

        @Test
        void saysItWithOutputVideoToo() throws IOException {
            Exchange exchange = template.request(
                    "hh1:generate?output=video&requestKey=another&downloadDirectory=" + directory, e -> {
                        e.getMessage().setBody(SIMULATOR.simulator().sampleImageUrl());
                        e.getMessage().setHeader(Hh1Constants.VIDEO_WIDTH, "of an earlier video");
                    });
            link = exchange.getMessage().getHeader(Hh1Constants.VIDEO_URL, String.class);
            isWhole(exchange);
            charges = 2;
        }

        @Test
        void isWholeAfterCutsAndRefusals() throws IOException {
            script(
                    VideoReply.whole().cutAfter(900),
                    VideoReply.status(503),
                    VideoReply.whole().resetAfter(500),
                    VideoReply.whole().ignoringRange().cutAfter(1000),
                    VideoReply.whole().header("ETag", "\"changed\""));
            isWhole(end(begin("")));
            assertThat(SIMULATOR.simulator().downloads()).hasSize(6);
        }

        @Test
        void saysHowLongItPlaysInMillisecondsToo() {
            var message = end(begin("")).getMessage();
            assertThat(message.getHeader("CamelHh1VideoDurationMillis"))
                    .isEqualTo(message.getHeader(Hh1Constants.VIDEO_DURATION, Duration.class)
                            .toMillis());
        }
    }

    @Nested
    class AFailure {
        @Test
        void leavesNothingBehindAndTheLinkInTheException() {
            script(VideoReply.whole().cutAfter(900), VideoReply.status(404));
            assertThat(end(begin("")).getException()).isInstanceOfSatisfying(DownloadException.class, e -> {
                assertThat(e.videoUrl()).isEqualTo(link);
                assertThat(e.httpStatus()).isEqualTo(404);
                assertThat(e).hasMessageContaining("is billed").hasMessageContaining("2 attempts were made");
            });
            assertThat(directory).isEmptyDirectory();
            assertThat(end(begin("")).getException()).isNull();
        }

        @Test
        void isTheLinksWhenItHasExpired() {
            link = SIMULATOR.simulator().origin() + "/videos/x.mp4?Expires=1700000000&Signature=secret";
            script(VideoReply.status(403));
            assertThat(end(begin("")).getException())
                    .isInstanceOf(VideoExpiredException.class)
                    .hasMessageNotContaining("secret");
        }
    }

    @Nested
    class AHostThatIsDown {
        @Test
        void keepsNobodyFromOthers() {
            script(VideoReply.status(503));
            CompletableFuture<Exchange> waiting = begin("&retryDelay=3600000&maxRetryDelay=3600000");
            await().until(() -> SIMULATOR.simulator().downloads().size() == 1);
            assertThat(end(begin("")).getException()).isNull();
            assertThat(waiting).isNotDone();
        }

        @Test
        void isNotWaitedForWhenTheContextStops() {
            script(VideoReply.status(503));
            CompletableFuture<Exchange> waiting = begin("&retryDelay=3600000&maxRetryDelay=3600000");
            await().until(() -> SIMULATOR.simulator().downloads().size() == 1);
            context.stop();
            assertThat(end(waiting).getException()).isInstanceOf(DownloadException.class);
        }
    }
}
