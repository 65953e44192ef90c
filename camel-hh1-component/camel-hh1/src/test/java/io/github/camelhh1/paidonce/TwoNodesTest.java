package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.BudgetExceededException;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.InFlightException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 23: two Camel contexts at work at once on one ledger. */
class TwoNodesTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    @TempDir
    private Path directory;

    private Ledger ledger(String kind) {
        return kind.equals("memory") ? Ledgers.memory() : Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void payEachOfAHundredKeysOnceAndBothGetEveryVideo(String kind) throws Exception {
        Ledger ledger = ledger(kind);
        LEDGER.restart(component -> component.setLedger(ledger));
        try (var other = new Node(CAMEL, ledger)) {
            var here = new ArrayList<SentMessage>();
            var there = new ArrayList<CompletableFuture<Exchange>>();
            for (int key = 0; key < 100; key++) {
                there.add(other.send(LEDGER.keyed("key " + key)));
                here.add(CAMEL.send("", LEDGER.keyed("key " + key)));
            }
            for (int key = 0; key < 100; key++) {
                Exchange twin = there.get(key).join();
                assertThat(twin.getException()).isNull();
                assertThat(here.get(key).video()).isEqualTo(twin.getMessage().getBody());
            }
        }
        assertThat(CAMEL.simulator().charges()).isEqualTo(100);
        assertThat(CAMEL.posts()).isEqualTo(100);
        assertThat(LEDGER.runs()).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void stayTogetherUnderOneCap(String kind) throws Exception {
        Ledger ledger = ledger(kind);
        LEDGER.restart(component -> {
            component.setLedger(ledger);
            component.setMaxSecondsPerDay(150L);
        });
        try (var other = new Node(CAMEL, ledger, component -> component.setMaxSecondsPerDay(150L))) {
            var there = IntStream.range(0, 30)
                    .mapToObj(number -> other.send(LEDGER.keyed("there " + number)))
                    .toList();
            var here = IntStream.range(0, 30)
                    .mapToObj(number -> CAMEL.send("", LEDGER.keyed("here " + number)))
                    .toList();
            List<Exception> failures = Stream.concat(
                            here.stream().map(SentMessage::end), there.stream().map(CompletableFuture::join))
                    .map(Exchange::getException)
                    .filter(failure -> failure != null)
                    .toList();
            assertThat(failures).hasSize(50).hasOnlyElementsOfType(BudgetExceededException.class);
        }
        assertThat(CAMEL.simulator().charges()).as("of 15 s each").isEqualTo(10);
    }

    /** Sent, and claimed and waiting for the one permit. */
    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void leaveAloneWhatTheOtherIsAtWorkOn(String kind) throws Exception {
        var gate = new CompletableFuture<Void>();
        Ledger ledger = ledger(kind);
        LEDGER.restart(component -> component.setLedger(ledger));
        try (var other = new Node(CAMEL, ledger, component -> component.setMaxInFlight(1))) {
            CAMEL.simulator().script(Reply.completed().heldUntil(gate));
            var there = Stream.of("one", "two")
                    .map(key -> other.send(LEDGER.keyed(key)))
                    .toList();
            for (String state : List.of("SENT", "CLAIMED")) {
                String runId = onlyRun(state);
                isAtWork(LEDGER.adopt(runId, "https://videos.example/x.mp4"), runId);
                isAtWork(LEDGER.forget(runId), runId);
                assertThat(onlyRun(state)).isEqualTo(runId);
            }
            gate.complete(null);
            assertThat(there)
                    .allSatisfy(sent -> assertThat(sent.join().getException()).isNull());
        }
        assertThat(CAMEL.simulator().charges()).isEqualTo(2);
    }

    private static String onlyRun(String state) {
        var runs = await().until(() -> LEDGER.runs(state), listed -> listed.size() == 1);
        return (String) runs.get(0).get("runId");
    }

    private static void isAtWork(SentMessage sent, String runId) {
        assertThat(sent.failure(InFlightException.class).runId()).isEqualTo(runId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void settleForOneAnother(String kind) throws Exception {
        Ledger ledger = ledger(kind);
        LEDGER.restart(component -> component.setLedger(ledger));
        try (var other = new Node(CAMEL, ledger)) {
            CAMEL.simulator().script(Fault.closeAfterRequest(), Fault.closeAfterRequest());
            for (String key : List.of("adopted", "forgotten")) {
                assertThat(other.send(LEDGER.keyed(key)).join().getException(OutcomeUnknownException.class))
                        .returns(false, OutcomeUnknownException::held)
                        .extracting(Hh1Exception::runId)
                        .isEqualTo(LEDGER.runs("UNKNOWN").get(0).get("runId"));
            }
            String video = "https://videos.example/found.mp4";
            LEDGER.operate("hh1:adopt", video, Map.of(Hh1Constants.REQUEST_KEY, "adopted"))
                    .video();
            LEDGER.operate("hh1:forget", null, Map.of(Hh1Constants.REQUEST_KEY, "forgotten"))
                    .video();

            assertThat(other.send(LEDGER.keyed("adopted")).join().getMessage().getBody())
                    .isEqualTo(video);
            assertThat(other.send(LEDGER.keyed("forgotten")).join().getException())
                    .isNull();
        }
        assertThat(CAMEL.posts()).isEqualTo(3);
    }
}
