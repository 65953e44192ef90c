package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 43: a video was paid for, and its link is not what Java takes for a URI. */
class OddLinksTest {
    private static final String SIGNED = "?Signature=secret";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    @TempDir
    private Path directory;

    @BeforeEach
    void ledger() {
        LEDGER.ledgerIn(directory.resolve("hh1.db"));
    }

    private static Map<String, Object> run() {
        return LEDGER.runs().get(0);
    }

    @Nested
    class AnOddLink {
        @ParameterizedTest
        @CsvSource({
            "https://v.example/a b.mp4, https://v.example/a%20b.mp4",
            "https://v.example/a|{b}.mp4?c=^d, https://v.example/a%7C%7Bb%7D.mp4?c=%5Ed",
            "https://v.example/100%.mp4, https://v.example/100%25.mp4",
            "https://my_bucket.v.example/a.mp4, https://my_bucket.v.example/a.mp4",
            "https://видео.example/a.mp4, https://xn--b1aedk6a.example/a.mp4",
            "https://v.example/видео.mp4, https://v.example/видео.mp4"
        })
        void isGivenAsItIsUnlessItMustBeEncoded(String answered, String given) {
            CAMEL.simulator()
                    .script(Reply.completed(answered + SIGNED.replace('?', answered.contains("?") ? '&' : '?')));

            assertThat(CAMEL.send("", LEDGER.keyed("one")).video())
                    .startsWith(given)
                    .endsWith("Signature=secret");
            assertThat(run()).containsEntry("state", "COMPLETED");
            assertThat((String) run().get("videoUrl")).startsWith(given);
        }

        @Test
        void canBeAdopted() {
            CAMEL.simulator().script(Fault.closeAfterRequest());
            String runId = CAMEL.send("", LEDGER.keyed("one"))
                    .failure(OutcomeUnknownException.class)
                    .runId();

            assertThat(LEDGER.adopt(runId, "https://my_bucket.v.example/a b.mp4")
                            .video())
                    .isEqualTo("https://my_bucket.v.example/a%20b.mp4");
            assertThat(run()).containsEntry("state", "COMPLETED");
        }
    }

    @Nested
    class AnUnusableLink {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ftp://v.example/a.mp4",
                    "//v.example/a.mp4",
                    "https://v example/a.mp4",
                    "https://v.ex%61mple/a.mp4",
                    "v.example/a.mp4"
                })
        void isKeptWholeAndNamedWithoutItsSignature(String link) {
            CAMEL.simulator().script(Reply.completed(link + SIGNED));

            var failure = CAMEL.send("", LEDGER.keyed("one")).failure(OutcomeUnknownException.class);

            assertThat(failure.billing()).isEqualTo(Billing.UNKNOWN);
            assertThat(failure)
                    .hasMessageContaining(
                            "example/a.mp4".replace("example", link.contains("%") ? "ex%61mple" : "example"))
                    .hasMessageNotContaining("secret");
            assertThat(run())
                    .containsEntry("state", "UNKNOWN")
                    .containsEntry("videoUrl", link + SIGNED)
                    .doesNotContainKey("videoExpiresAt");
            assertThat(run().get("reason").toString()).doesNotContain("secret");
        }

        @Test
        void isKeptOverARestartAndUntilAnotherIsAdopted() {
            CAMEL.simulator().script(Reply.completed("ftp://v.example/a.mp4"));
            String runId = CAMEL.send("", LEDGER.keyed("one"))
                    .failure(OutcomeUnknownException.class)
                    .runId();
            ledger();

            assertThat(run()).containsEntry("videoUrl", "ftp://v.example/a.mp4");
            assertThat(CAMEL.send("", LEDGER.keyed("one"))
                            .failure(OutcomeUnknownException.class)
                            .held())
                    .isTrue();
            assertThat(LEDGER.adopt(runId, "https://v.example/a.mp4").video()).isEqualTo("https://v.example/a.mp4");
            assertThat(run()).containsEntry("videoUrl", "https://v.example/a.mp4");
        }

        @Test
        void goesWithARunThatIsForgotten() {
            CAMEL.simulator().script(Reply.completed("ftp://v.example/a.mp4"));
            String runId = CAMEL.send("", LEDGER.keyed("one"))
                    .failure(OutcomeUnknownException.class)
                    .runId();

            LEDGER.forget(runId).video();

            assertThat(run()).containsEntry("state", "FORGOTTEN").doesNotContainKey("videoUrl");
        }

        @Test
        void canBeOneThatNoDatabaseTakes() {
            CAMEL.simulator()
                    .script(Reply.json(
                            200, "{\"state\":\"Completed\",\"result\":{\"video\":\"ftp://\\u0000a\\ud800\"}}"));

            CAMEL.send("", LEDGER.keyed("one")).failure(OutcomeUnknownException.class);

            assertThat(run()).containsEntry("videoUrl", "ftp://%00a%EF%BF%BD");
        }
    }

    @Nested
    class ADownload {
        @Test
        void ofAnUnusableLinkIsRefusedBeforeAnythingIsSent() {
            var failure = CAMEL.sendTo("hh1:download", exchange -> {
                        exchange.getMessage().setBody("https://v example/a.mp4");
                        exchange.getMessage().setHeader(Hh1Constants.RUN_ID, "one");
                    })
                    .failure(io.github.camelhh1.failure.InvalidRequestException.class);
            assertThat(failure).hasMessageContaining("videoUrl");
        }
    }

    /** With onUnknown=resend: what may be the link of a paid video is the only one. */
    @Test
    void aRequestWhoseAnswerHasALinkIsNotSentAgain() {
        CAMEL.simulator().script(Reply.completed("ftp://v.example/a.mp4" + SIGNED), Reply.html(502));

        CAMEL.send("onUnknown=resend&lookup=false", LEDGER.keyed("one")).failure(OutcomeUnknownException.class);
        CAMEL.send("onUnknown=resend&lookup=false", LEDGER.keyed("one")).failure(OutcomeUnknownException.class);

        assertThat(CAMEL.posts()).isEqualTo(1);
        assertThat((String) run().get("videoUrl")).endsWith(SIGNED);
    }
}
