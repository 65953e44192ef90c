package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.KeyReuseException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.failure.ThrottledException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.rooms.RunsUnderWay;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 23: deliveries of one key at once, in one JVM. */
class JoinTest {
    private static final int MANY = 50;

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    @TempDir
    private Path directory;

    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    private List<SentMessage> many(Reply reply) {
        CAMEL.simulator().script(reply.heldUntil(gate));
        List<SentMessage> all = IntStream.range(0, MANY)
                .mapToObj(number -> CAMEL.send("maxAttempts=1", LEDGER.keyed("one")))
                .toList();
        await().until(() -> CAMEL.simulator().inFlight() == 1);
        assertThat(all).noneMatch(SentMessage::hasEnded);
        gate.complete(null);
        return all;
    }

    private static <T extends Exception> List<T> failures(List<SentMessage> all, Class<T> type) {
        List<T> failures = all.stream().map(sent -> sent.failure(type)).toList();
        assertThat(CAMEL.posts()).isEqualTo(1);
        return failures;
    }

    @Nested
    class FiftyOfOneContext {
        private void getOneVideo() {
            List<SentMessage> all = many(Reply.completed());
            assertThat(all.stream().map(SentMessage::video).distinct()).hasSize(1);
            assertThat(all.stream().map(sent -> sent.end().getMessage().getHeader(Hh1Constants.REPLAYED)))
                    .filteredOn(Boolean.FALSE::equals)
                    .hasSize(1);
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
            assertThat(LEDGER.runs()).hasSize(1);
        }

        @Test
        void getOneVideoByMemory() {
            getOneVideo();
        }

        @Test
        void getOneVideoByADatabase() {
            LEDGER.ledgerIn(directory.resolve("hh1.db"));
            getOneVideo();
        }

        @Test
        void getOneRefusalAndTheNextIsSent() {
            failures(many(Reply.error(402, 2021, "No credit")), RejectedException.class);
            LedgerClient.made(CAMEL.send("", LEDGER.keyed("one")));
        }

        @Test
        void areAskedToWaitTogetherAndTheNextIsSent() {
            assertThat(failures(many(Reply.throttled("200")), ThrottledException.class))
                    .allMatch(failure -> failure.retryAfter().toSeconds() == 200);
            LedgerClient.made(CAMEL.send("maxAttempts=1", LEDGER.keyed("two")));
        }

        @Test
        void areHeldTogetherAndSoIsTheNext() {
            var failures = failures(many(Reply.html(504)), OutcomeUnknownException.class);
            assertThat(failures).filteredOn(failure -> !failure.held()).hasSize(1);
            assertThat(failures.stream().map(Hh1Exception::runId).distinct()).hasSize(1);
            assertThat(CAMEL.send("", LEDGER.keyed("one"))
                            .failure(OutcomeUnknownException.class)
                            .held())
                    .isTrue();
            assertThat(CAMEL.posts()).isEqualTo(1);
        }
    }

    @Nested
    class TwoContextsOnOneLedger {
        private Ledger second(String kind, Ledger first) {
            return kind.equals("sqlite twice") ? Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db")) : first;
        }

        private Ledger first(String kind) {
            return kind.equals("memory") ? Ledgers.memory() : Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"memory", "sqlite", "sqlite twice"})
        void payOnceAndTheSecondJoins(String kind) throws Exception {
            Ledger ledger = first(kind);
            LEDGER.restart(component -> component.setLedger(ledger));
            int earlier = RunsUnderWay.ofThisJvm().size();
            try (var other = new Node(CAMEL, second(kind, ledger))) {
                CAMEL.simulator().script(Reply.completed().heldUntil(gate));
                List<SentMessage> here = Stream.generate(() -> CAMEL.send("", LEDGER.keyed("one")))
                        .limit(5)
                        .toList();
                List<CompletableFuture<Exchange>> there = Stream.generate(() -> other.send(LEDGER.keyed("one")))
                        .limit(5)
                        .toList();
                // One of each context is at work. A delivery that came beside the other request would be refused, too.
                await().atMost(TestContext.LIMIT)
                        .until(() -> RunsUnderWay.ofThisJvm().size() == earlier + 2);
                var reused = other.send(LEDGER.keyed("one", "snow")).join();
                assertThat(reused.getException()).isInstanceOf(KeyReuseException.class);
                assertThat(CAMEL.send("", LEDGER.keyed("one", "snow")).failure(KeyReuseException.class))
                        .isNotNull();
                gate.complete(null);

                String video = here.get(0).video();
                assertThat(here).allMatch(sent -> sent.video().equals(video));
                assertThat(there).allSatisfy(sent -> {
                    assertThat(sent.join().getException()).isNull();
                    assertThat(sent.join().getMessage().getBody()).isEqualTo(video);
                    assertThat(sent.join().getMessage().getHeader(Hh1Constants.REPLAYED))
                            .isEqualTo(true);
                });
            }
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }

        @Test
        void shareWhatIsHeld() throws Exception {
            Ledger ledger = first("sqlite");
            LEDGER.restart(component -> component.setLedger(ledger));
            try (var other = new Node(CAMEL, ledger)) {
                CAMEL.simulator().script(Fault.closeAfterRequest());
                var first = CAMEL.send("", LEDGER.keyed("one")).failure(OutcomeUnknownException.class);
                var held = other.send(LEDGER.keyed("one")).join().getException(OutcomeUnknownException.class);
                assertThat(held.held()).isTrue();
                assertThat(held.runId()).isEqualTo(first.runId());
            }
            assertThat(CAMEL.posts()).isEqualTo(1);
        }
    }
}
