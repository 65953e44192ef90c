package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.DownloadException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.VideoExpiredException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
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
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    @TempDir
    private Path directory;

    private static byte[] videoOf(SentMessage sent) {
        assertThat(sent.end().getException()).isNull();
        var message = sent.end().getMessage();
        assertThat(message.getBody()).isInstanceOf(StreamCache.class);
        assertThat(message.getHeader(Hh1Constants.VIDEO_URL, String.class)).startsWith("http");
        return message.getBody(byte[].class);
    }

    private static byte[] fetched(String link) {
        SentMessage sent = LEDGER.operate("hh1:download?allowPrivateHosts=true", link, Map.of());
        assertThat(sent.end().getException()).isNull();
        return sent.end().getMessage().getBody(byte[].class);
    }

    private static void oneChargeAndDownloads(int downloads) {
        assertThat(CAMEL.posts()).isEqualTo(1);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        assertThat(CAMEL.simulator().downloads()).hasSize(downloads);
    }

    @Nested
    class TheBody {
        @Test
        void isWhatDownloadGivesAndTheLinkIsInTheHeader() {
            SentMessage sent = CAMEL.send(VIDEO + "&downloadDirectory=" + directory, LEDGER.keyed("one"));
            byte[] video = videoOf(sent);
            var message = sent.end().getMessage();
            assertThat(directory.resolve(message.getHeader(Hh1Constants.VIDEO_FILE_NAME, String.class)))
                    .hasBinaryContent(video);
            assertThat(message.getHeaders()).containsEntry(Hh1Constants.STATE, "Completed");
            assertThat(video).isEqualTo(fetched(message.getHeader(Hh1Constants.VIDEO_URL, String.class)));
        }

        @Test
        void isFetchedAgainForARepeatAndNotPaidAgain() {
            byte[] first = videoOf(CAMEL.send(VIDEO, LEDGER.keyed("one")));
            SentMessage again = CAMEL.send(VIDEO, LEDGER.keyed("one"));
            assertThat(videoOf(again)).isEqualTo(first);
            assertThat(again.end().getMessage().getHeaders()).containsEntry(Hh1Constants.REPLAYED, true);
            oneChargeAndDownloads(2);
        }

        @Test
        void isFetchedAfterAnAdoptToo() {
            String link = CAMEL.send("").video();
            CAMEL.simulator().script(Fault.closeAfterRequest());
            String runId = CAMEL.send("").failure(OutcomeUnknownException.class).runId();
            SentMessage adopted = LEDGER.operate("hh1:adopt?" + VIDEO, link, Map.of(Hh1Constants.RUN_ID, runId));
            assertThat(videoOf(adopted)).isEqualTo(fetched(link));
        }
    }

    @Nested
    class AFailingDownload {
        @BeforeEach
        void routes() {
            CAMEL.add(new RouteBuilder() {
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
            CAMEL.simulator()
                    .scriptVideo(BROKEN, VideoReply.status(500), VideoReply.content("text/plain", new byte[9]));
        }

        @Test
        void isDoneAgainByARedelivery() {
            assertThat(videoOf(CAMEL.sendTo("direct:plain", LEDGER.sample(Map.of()))))
                    .isNotEmpty();
            oneChargeAndDownloads(4);
        }

        @Test
        void isDoneAgainThroughEnrichWhichMakesAnotherExchangeEachTime() {
            assertThat(videoOf(CAMEL.sendTo("direct:enrich", LEDGER.sample(Map.of()))))
                    .isNotEmpty();
            oneChargeAndDownloads(4);
        }

        @Test
        void isDoneAgainThroughFailover() {
            assertThat(videoOf(CAMEL.sendTo("direct:failover", LEDGER.sample(Map.of()))))
                    .isNotEmpty();
            oneChargeAndDownloads(4);
        }

        @Test
        void saysThatItIsPaidAndLeavesTheRunCompleted() {
            var failure = CAMEL.send(VIDEO, LEDGER.keyed("one")).failure(DownloadException.class);
            assertThat(failure.billing()).isEqualTo(Billing.BILLED);
            assertThat(failure).hasNoCause();
            assertThat(LEDGER.runs("COMPLETED")).singleElement().satisfies(run -> assertThat(run)
                    .containsEntry("runId", failure.runId())
                    .containsEntry("videoUrl", failure.videoUrl()));
            CAMEL.send(VIDEO, LEDGER.keyed("one")).failure(DownloadException.class);
            CAMEL.send(VIDEO, LEDGER.keyed("one")).failure(DownloadException.class);
            assertThat(videoOf(CAMEL.send(VIDEO, LEDGER.keyed("one")))).isNotEmpty();
            oneChargeAndDownloads(4);
        }

        @Test
        void isDoneAgainAfterARestartOnTheSameFile() {
            LEDGER.ledgerIn(directory.resolve("hh1.db"));
            CAMEL.send(VIDEO, LEDGER.jms("ID:1")).failure(DownloadException.class);
            LEDGER.ledgerIn(directory.resolve("hh1.db"));
            CAMEL.send(VIDEO, LEDGER.jms("ID:1")).failure(DownloadException.class);
            assertThat(videoOf(CAMEL.sendTo("direct:plain", LEDGER.jms("ID:1"))))
                    .isNotEmpty();
            oneChargeAndDownloads(4);
        }
    }

    @Test
    void anExpiredLinkIsNotPaidAgainByRedeliveries() {
        CAMEL.simulator().script(Reply.completed(CAMEL.simulator().origin() + "/videos/gone.mp4?Expires=1577836800"));
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(3).redeliveryDelay(0);
                from("direct:expired").to("hh1:generate?" + VIDEO);
            }
        });
        CAMEL.sendTo("direct:expired", LEDGER.sample(Map.of())).failure(VideoExpiredException.class);
        assertThat(CAMEL.posts()).isEqualTo(1);
    }
}
