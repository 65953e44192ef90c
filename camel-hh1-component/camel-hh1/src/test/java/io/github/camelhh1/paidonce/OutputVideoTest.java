package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.bench.Sent;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.DownloadException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.VideoExpiredException;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.VideoReply;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code output=video}: generated once, downloaded as often as it takes. */
class OutputVideoTest {
    private static final String VIDEO = "output=video&allowPrivateHosts=true&maxAttempts=1";
    private static final VideoReply BROKEN = VideoReply.whole().cutAfter(900);

    @RegisterExtension
    static final Bench BENCH = new Bench();

    private static final Desk DESK = new Desk(BENCH);

    @TempDir
    private Path directory;

    private static byte[] videoOf(Sent sent) {
        assertThat(sent.end().getException()).isNull();
        var message = sent.end().getMessage();
        assertThat(message.getBody()).isInstanceOf(StreamCache.class);
        assertThat(message.getHeader(Hh1Constants.VIDEO_URL, String.class)).startsWith("http");
        return message.getBody(byte[].class);
    }

    private static byte[] fetched(String link) {
        Sent sent = DESK.operate("hh1:download?allowPrivateHosts=true", link, Map.of());
        assertThat(sent.end().getException()).isNull();
        return sent.end().getMessage().getBody(byte[].class);
    }

    private static void oneChargeAndDownloads(int downloads) {
        assertThat(BENCH.posts()).isEqualTo(1);
        assertThat(BENCH.simulator().charges()).isEqualTo(1);
        assertThat(BENCH.simulator().downloads()).hasSize(downloads);
    }

    @Nested
    class TheBody {
        @Test
        void isWhatDownloadGivesAndTheLinkIsInTheHeader() {
            Sent sent = BENCH.send(VIDEO + "&downloadDirectory=" + directory, DESK.keyed("one"));
            byte[] video = videoOf(sent);
            var message = sent.end().getMessage();
            assertThat(directory.resolve(message.getHeader(Hh1Constants.VIDEO_FILE_NAME, String.class)))
                    .hasBinaryContent(video);
            assertThat(message.getHeaders()).containsEntry(Hh1Constants.STATE, "Completed");
            assertThat(video).isEqualTo(fetched(message.getHeader(Hh1Constants.VIDEO_URL, String.class)));
        }

        @Test
        void isFetchedAgainForARepeatAndNotPaidAgain() {
            byte[] first = videoOf(BENCH.send(VIDEO, DESK.keyed("one")));
            Sent again = BENCH.send(VIDEO, DESK.keyed("one"));
            assertThat(videoOf(again)).isEqualTo(first);
            assertThat(again.end().getMessage().getHeaders()).containsEntry(Hh1Constants.REPLAYED, true);
            oneChargeAndDownloads(2);
        }

        @Test
        void isFetchedAfterAnAdoptToo() {
            String link = BENCH.send("").video();
            BENCH.simulator().script(Fault.closeAfterRequest());
            String runId = BENCH.send("").failure(OutcomeUnknownException.class).runId();
            Sent adopted = DESK.operate("hh1:adopt?" + VIDEO, link, Map.of(Hh1Constants.RUN_ID, runId));
            assertThat(videoOf(adopted)).isEqualTo(fetched(link));
        }
    }

    @Nested
    class AFailingDownload {
        @BeforeEach
        void routes() {
            BENCH.add(new RouteBuilder() {
                @Override
                public void configure() {
                    onException(DownloadException.class).maximumRedeliveries(4).redeliveryDelay(0);
                    from("direct:plain").to("hh1:generate?" + VIDEO);
                    from("direct:enrich").enrich("hh1:generate?" + VIDEO);
                    from("direct:failover")
                            .errorHandler(noErrorHandler())
                            .loadBalance()
                            .failover(4, false, true, DownloadException.class)
                            .to("hh1:generate?" + VIDEO);
                }
            });
            BENCH.simulator()
                    .scriptVideo(BROKEN, VideoReply.status(500), VideoReply.content("text/plain", new byte[9]));
        }

        @Test
        void isDoneAgainByARedelivery() {
            assertThat(videoOf(BENCH.sendTo("direct:plain", DESK.sample(Map.of()))))
                    .isNotEmpty();
            oneChargeAndDownloads(4);
        }

        @Test
        void isDoneAgainThroughEnrichWhichMakesAnotherExchangeEachTime() {
            assertThat(videoOf(BENCH.sendTo("direct:enrich", DESK.sample(Map.of()))))
                    .isNotEmpty();
            oneChargeAndDownloads(4);
        }

        @Test
        void isDoneAgainThroughFailover() {
            assertThat(videoOf(BENCH.sendTo("direct:failover", DESK.sample(Map.of()))))
                    .isNotEmpty();
            oneChargeAndDownloads(4);
        }

        @Test
        void saysThatItIsPaidAndLeavesTheRunCompleted() {
            var failure = BENCH.send(VIDEO, DESK.keyed("one")).failure(DownloadException.class);
            assertThat(failure.billing()).isEqualTo(Billing.BILLED);
            assertThat(failure).hasNoCause();
            assertThat(DESK.runs("COMPLETED")).singleElement().satisfies(run -> assertThat(run)
                    .containsEntry("runId", failure.runId())
                    .containsEntry("videoUrl", failure.videoUrl()));
            BENCH.send(VIDEO, DESK.keyed("one")).failure(DownloadException.class);
            BENCH.send(VIDEO, DESK.keyed("one")).failure(DownloadException.class);
            assertThat(videoOf(BENCH.send(VIDEO, DESK.keyed("one")))).isNotEmpty();
            oneChargeAndDownloads(4);
        }

        @Test
        void isDoneAgainAfterARestartOnTheSameFile() {
            DESK.ledgerIn(directory.resolve("hh1.db"));
            BENCH.send(VIDEO, DESK.jms("ID:1")).failure(DownloadException.class);
            DESK.ledgerIn(directory.resolve("hh1.db"));
            BENCH.send(VIDEO, DESK.jms("ID:1")).failure(DownloadException.class);
            assertThat(videoOf(BENCH.sendTo("direct:plain", DESK.jms("ID:1")))).isNotEmpty();
            oneChargeAndDownloads(4);
        }
    }

    @Test
    void anExpiredLinkIsNotPaidAgainByRedeliveries() {
        BENCH.simulator().script(Reply.completed(BENCH.simulator().origin() + "/videos/gone.mp4?Expires=1577836800"));
        BENCH.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(3).redeliveryDelay(0);
                from("direct:expired").to("hh1:generate?" + VIDEO);
            }
        });
        BENCH.sendTo("direct:expired", DESK.sample(Map.of())).failure(VideoExpiredException.class);
        assertThat(BENCH.posts()).isEqualTo(1);
    }
}
