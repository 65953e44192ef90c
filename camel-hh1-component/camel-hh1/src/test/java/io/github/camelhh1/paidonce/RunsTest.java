package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.InFlightException;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The list of {@code runs} for a ledger with a run of each state, and the refusals of {@code adopt} and {@code forget}.
 */
class RunsTest {
    private static final String LINK = "https://videos.example/found.mp4";
    private static final List<String> NEWEST_FIRST = List.of("sent", "forgotten", "unknown", "rejected", "completed");

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    @TempDir
    private Path directory;

    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    private final Map<String, String> runIds = new HashMap<>();
    private SentMessage inFlight;

    @BeforeEach
    void oneOfEach() {
        LEDGER.ledgerIn(directory.resolve("hh1.db"));
        LedgerClient.made(CAMEL.send("", LEDGER.keyed("completed")));
        CAMEL.simulator().script(Reply.error(402, 2021, "No credit"));
        CAMEL.send("", LEDGER.keyed("rejected")).failure(RejectedException.class);
        CAMEL.simulator().script(Fault.closeAfterRequest());
        CAMEL.send("", LEDGER.keyed("unknown")).failure(OutcomeUnknownException.class);
        LedgerClient.made(CAMEL.send("", LEDGER.keyed("forgotten")));
        LEDGER.operate("hh1:forget", null, Map.of(Hh1Constants.REQUEST_KEY, "forgotten"))
                .video();
        CAMEL.simulator().script(Reply.completed().heldUntil(gate));
        inFlight = CAMEL.send("", LEDGER.keyed("sent"));
        await().until(() -> CAMEL.simulator().inFlight() == 1);
        LEDGER.runs().forEach(run -> runIds.put((String) run.get("key"), (String) run.get("runId")));
    }

    @AfterEach
    void letGo() {
        gate.complete(null);
        inFlight.video();
    }

    private static Stream<Object> keys(Map<String, ?> headers) {
        return LEDGER.runs(headers).stream().map(run -> run.get("key"));
    }

    @Nested
    class Runs {
        @Test
        void areListedNewestFirst() {
            assertThat(keys(Map.of())).containsExactlyElementsOf(NEWEST_FIRST);
        }

        @ParameterizedTest
        @ValueSource(strings = {"sent", "forgotten", "unknown", "rejected", "completed", " Completed "})
        void areFilteredByState(String state) {
            assertThat(keys(Map.of(Hh1Constants.RUN_STATE, state)))
                    .containsExactly(state.strip().toLowerCase(Locale.ROOT));
        }

        @Test
        void arePaged() {
            for (int page = 0; page < 3; page++) {
                assertThat(keys(Map.of(Hh1Constants.RUN_LIMIT, 2, Hh1Constants.RUN_OFFSET, String.valueOf(2 * page))))
                        .containsExactlyElementsOf(NEWEST_FIRST.subList(2 * page, Math.min(5, 2 * page + 2)));
            }
            assertThat(keys(Map.of(Hh1Constants.RUN_OFFSET, 5))).isEmpty();
            assertThat(keys(Map.of(Hh1Constants.RUN_STATE, "CLAIMED"))).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "CamelHh1RunState, DONE", "CamelHh1RunLimit, 0", "CamelHh1RunLimit, -1", "CamelHh1RunLimit, 10001",
            "CamelHh1RunLimit, ten", "CamelHh1RunOffset, -1", "CamelHh1RunOffset, 99999999999", "CamelHh1RunOffset, 1.5"
        })
        void refuseAHeaderThatIsWrong(String header, String value) {
            refused(LEDGER.operate("hh1:runs", "body", Map.of(header, value)), value);
        }
    }

    private void refused(SentMessage sent, String... parts) {
        var failure = sent.failure(InvalidRequestException.class);
        assertThat(failure.violations()).hasSize(1);
        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(failure.getMessage()).contains(parts);
        nothingChanged();
    }

    private void nothingChanged() {
        assertThat(LEDGER.runs()).allSatisfy(run -> assertThat(run.get("state").toString())
                .isEqualToIgnoringCase(run.get("key").toString()));
        assertThat(CAMEL.posts()).isEqualTo(5);
    }

    @Nested
    class AdoptRefuses {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "found",
                    "ftp://videos.example/x.mp4",
                    "file:///tmp/x.mp4",
                    "http://",
                    "/x.mp4",
                    "javascript:x",
                    "data:video/mp4;base64,AAAA"
                })
        void whatIsNoLink(String body) {
            refused(LEDGER.adopt(runIds.get("unknown"), body), "http(s)");
        }

        @Test
        void noBodyAndBytes() {
            refused(LEDGER.adopt(runIds.get("unknown"), null), "http(s)");
            refused(LEDGER.adopt(runIds.get("unknown"), new byte[] {1}), "http(s)");
            refused(LEDGER.adopt(runIds.get("unknown"), 7), "http(s)");
        }

        /** As hh1:download would, to which it goes on. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://videos.example/x.mp4",
                    "https://127.0.0.1/x.mp4",
                    "https://169.254.169.254/latest/meta-data",
                    "https://[fd00::1]/x.mp4",
                    "https://user@videos.example/x.mp4",
                    "https://0x7f.1/x.mp4"
                })
        void aLinkThatIsNotFetched(String link) {
            refused(LEDGER.adopt(runIds.get("unknown"), link), "body: ");
            refused(LEDGER.adopt(runIds.get("unknown"), link), "hh1:download");
        }

        @Test
        void aLinkThatIsTooLong() {
            refused(LEDGER.adopt(runIds.get("unknown"), LINK + "?x=" + "x".repeat(9_000)), "8192");
        }

        @Test
        void aLinkThatHasExpired() {
            refused(
                    LEDGER.adopt(
                            runIds.get("unknown"),
                            LINK + "?X-Amz-Date=20200101T000000Z&X-Amz-Expires=60&X-Amz-Signature=x"),
                    "expired");
        }
    }

    @Nested
    class AdoptAndForgetRefuse {
        private void refuse(Map<String, ?> headers, String part) {
            refused(LEDGER.operate("hh1:adopt", LINK, headers), part);
            refused(LEDGER.operate("hh1:forget", null, headers), part);
        }

        @Test
        void aMessageThatNamesNoRun() {
            refuse(Map.of(), Hh1Constants.RUN_ID);
            refuse(Map.of(Hh1Constants.RUN_ID, " "), Hh1Constants.RUN_ID);
        }

        @Test
        void whatTheLedgerDoesNotHold() {
            refuse(Map.of(Hh1Constants.RUN_ID, "nobody"), "nobody");
            refuse(Map.of(Hh1Constants.REQUEST_KEY, "nobody"), "hh1:runs");
        }

        @Test
        void whatIsFreeAnyway() {
            refuse(Map.of(Hh1Constants.RUN_ID, runIds.get("rejected")), "REJECTED");
            refuse(Map.of(Hh1Constants.RUN_ID, runIds.get("forgotten")), "FORGOTTEN");
        }

        @ParameterizedTest
        @CsvSource({"UNKNOWN, is COMPLETED", " failed, is COMPLETED", "unknwon, is no state"})
        void toForgetARunThatHasItsVideoMeanwhile(String expected, String rule) {
            var headers = Map.of(Hh1Constants.RUN_ID, runIds.get("completed"), Hh1Constants.RUN_STATE, expected);

            refused(LEDGER.operate("hh1:forget", null, headers), rule);
        }

        private void inFlight(SentMessage sent) {
            var failure = sent.failure(InFlightException.class);
            assertThat(failure.retry()).isEqualTo(Retry.AFTER);
            assertThat(failure.runId()).isEqualTo(runIds.get("sent"));
            assertThat(failure).hasMessageContaining("Nothing was changed");
            nothingChanged();
        }

        @Test
        void whatALiveOwnerIsSending() {
            inFlight(LEDGER.adopt(runIds.get("sent"), LINK));
            inFlight(LEDGER.forget(runIds.get("sent")));
            inFlight(LEDGER.operate("hh1:forget", null, Map.of(Hh1Constants.REQUEST_KEY, "sent")));
            gate.complete(null);
            LedgerClient.made(inFlight);
        }
    }
}
