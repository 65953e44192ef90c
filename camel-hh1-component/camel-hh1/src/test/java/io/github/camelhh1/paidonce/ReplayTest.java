package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.failure.VideoExpiredException;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Reply;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Message;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A completed key answers again, for nothing, with all it answered first. */
class ReplayTest {
    private static final String PRICED =
            "pricePerSecond=RAW(720P=0.14,1080P=0.28)&duration=5&resolution=720P&maxAttempts=3";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    @TempDir
    private Path directory;

    private static Map<String, Object> asReplayed(Message first) {
        var headers = new HashMap<>(first.getHeaders());
        headers.put(Hh1Constants.REPLAYED, true);
        headers.put(Hh1Constants.ATTEMPTS, 0);
        return headers;
    }

    @Nested
    class EveryHeader {
        private Message first() {
            CAMEL.simulator()
                    .script(
                            Reply.throttled(),
                            Reply.completed()
                                    .header("cf-aig-log-id", "log-1")
                                    .header("cf-ray", "ray-1")
                                    .header("cf-aig-cache-status", "MISS"));
            Message first = LedgerClient.made(CAMEL.send(PRICED, LEDGER.keyed("one")));
            assertThat(first.getHeader(Hh1Constants.COST, String.class)).isEqualTo("0.70");
            assertThat(first.getHeaders())
                    .containsEntry(Hh1Constants.ATTEMPTS, 2)
                    .containsEntry(Hh1Constants.COST, new BigDecimal("0.70"))
                    .containsEntry(Hh1Constants.SECONDS, 5)
                    .containsEntry(Hh1Constants.LOG_ID, "log-1")
                    .containsEntry(Hh1Constants.RAY_ID, "ray-1")
                    .containsEntry(Hh1Constants.CACHE_STATUS, "MISS")
                    .containsKeys(
                            Hh1Constants.VIDEO_URL,
                            Hh1Constants.VIDEO_EXPIRES_AT,
                            Hh1Constants.VIDEO_FILE_NAME,
                            Hh1Constants.STATE,
                            Hh1Constants.KEY_SOURCE,
                            Hh1Constants.MODEL,
                            Hh1Constants.RUN_ID,
                            Hh1Constants.ELAPSED_MILLIS);
            return first;
        }

        private void isGivenAgain(Message first) {
            Message again = LedgerClient.replayed(CAMEL.send(PRICED, LEDGER.keyed("one")));
            assertThat(again.getHeaders()).containsExactlyInAnyOrderEntriesOf(asReplayed(first));
            assertThat(again.getBody()).isEqualTo(first.getBody());
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }

        @Test
        void isGivenAgainFromMemory() {
            isGivenAgain(first());
        }

        @Test
        void isGivenAgainFromADatabaseAndAfterARestart() {
            LEDGER.ledgerIn(directory.resolve("hh1.db"));
            Message first = first();
            isGivenAgain(first);
            LEDGER.ledgerIn(directory.resolve("hh1.db"));
            isGivenAgain(first);
        }

        @Test
        void isGivenAsItWasThoughPriceAndNameHaveChanged() {
            Message first = first();
            Message again = LedgerClient.replayed(CAMEL.send(
                    "pricePerSecond=RAW(720P=9,1080P=9)&duration=5&resolution=720P",
                    LEDGER.sample(Map.of(Hh1Constants.REQUEST_KEY, "one", Hh1Constants.LOG_ID, "of an earlier call"))));
            assertThat(again.getHeaders()).containsExactlyInAnyOrderEntriesOf(asReplayed(first));
        }

        @Test
        void thatTheServiceDidNotGiveIsNotGivenAgainEither() {
            CAMEL.simulator()
                    .script(Reply.json(200, "{\"state\":\"Completed\",\"result\":{\"video\":\"http://v.example/x\"}}"));
            Message first = LedgerClient.made(CAMEL.send("", LEDGER.keyed("one")));
            Message again = LedgerClient.replayed(CAMEL.send("", LEDGER.keyed("one")));
            assertThat(again.getHeaders())
                    .containsExactlyInAnyOrderEntriesOf(asReplayed(first))
                    .doesNotContainKeys(Hh1Constants.COST, Hh1Constants.SECONDS, Hh1Constants.VIDEO_EXPIRES_AT);
        }
    }

    @Nested
    class AnExpiredLink {
        private static final String LINK =
                "https://videos.example/x.mp4?X-Amz-Date=20200101T000000Z&X-Amz-Expires=60&X-Amz-Signature=canary";

        @Test
        void isToldAsSuchAndOnlyForgetPaysAgain() {
            CAMEL.simulator().script(Reply.completed(LINK));
            Message first = LedgerClient.made(CAMEL.send("", LEDGER.keyed("one")));
            String runId = first.getHeader(Hh1Constants.RUN_ID, String.class);

            var failure = CAMEL.send("", LEDGER.keyed("one")).failure(VideoExpiredException.class);

            assertThat(failure.runId()).isEqualTo(runId);
            assertThat(failure.retry()).isEqualTo(Retry.NEVER);
            assertThat(failure.billing()).isEqualTo(Billing.BILLED);
            assertThat(failure).hasMessageContaining("hh1:forget").hasMessageNotContaining("canary");
            assertThat(CAMEL.posts()).isEqualTo(1);

            LEDGER.forget(runId).video();
            LedgerClient.made(CAMEL.send("", LEDGER.keyed("one")));
            assertThat(CAMEL.simulator().charges()).isEqualTo(2);
        }

        @Test
        void isReplacedByAdopt() {
            CAMEL.simulator().script(Reply.completed(LINK));
            Message first = LedgerClient.made(CAMEL.send("", LEDGER.keyed("one")));
            LEDGER.adopt(first.getHeader(Hh1Constants.RUN_ID, String.class), "https://videos.example/copy.mp4")
                    .video();
            assertThat(LedgerClient.replayed(CAMEL.send("", LEDGER.keyed("one")))
                            .getBody())
                    .isEqualTo("https://videos.example/copy.mp4");
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }
    }
}
