package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Fault;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Row 48: a run that stays unknown comes to a route, once for its attempt. */
class HeldRunsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    @TempDir
    private Path directory;

    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db"));
        LEDGER.restart(component -> component.setLedger(ledger));
    }

    private static String unknown(String options, String key) {
        CAMEL.simulator().script(Fault.closeAfterRequest());
        return CAMEL.send(
                        options,
                        LEDGER.sample(Map.of(Hh1Constants.REQUEST_KEY, key, Hh1Constants.CORRELATION, "photo " + key)))
                .failure(OutcomeUnknownException.class)
                .runId();
    }

    private static void has(LateRoute route, int times) {
        await().atMost(TestContext.LIMIT).until(() -> route.completed().size() >= times);
        route.looksAgain();
        assertThat(route.completed()).hasSize(times);
    }

    @Test
    void saysWhichRunAndWhyWithoutABody() {
        String runId = unknown("", "1");
        var headers = new AtomicReference<Map<String, Object>>();
        LateRoute route = LateRoute.from(CAMEL.context(), "held?after=0", exchange -> {
            headers.set(new HashMap<>(exchange.getMessage().getHeaders()));
            assertThat(exchange.getMessage().getBody()).isNull();
        });
        has(route, 1);
        assertThat(headers.get())
                .containsEntry(Hh1Constants.RUN_ID, runId)
                .containsEntry(Hh1Constants.RUN_STATE, "UNKNOWN")
                .containsEntry(Hh1Constants.CORRELATION, "photo 1")
                .doesNotContainKeys(Hh1Constants.VIDEO_URL, Hh1Constants.RECOVERED)
                .hasEntrySatisfying(Hh1Constants.REASON, reason -> assertThat((String) reason)
                        .isNotBlank());
    }

    @Test
    void goesOnWhereTheExceptionHandlerFails() {
        unknown("", "1");
        unknown("", "2");
        CAMEL.context().getRegistry().bind("throws", (ExceptionHandler) new ExceptionHandler() {
            @Override
            public void handleException(Throwable exception) {
                throw new IllegalStateException("the handler fails");
            }

            @Override
            public void handleException(String message, Throwable exception) {
                handleException(exception);
            }

            @Override
            public void handleException(String message, Exchange exchange, Throwable failure) {
                handleException(failure);
            }
        });
        var seen = new CopyOnWriteArrayList<String>();
        LateRoute route =
                LateRoute.from(CAMEL.context(), "held?after=0&maxConcurrent=1&exceptionHandler=#throws", exchange -> {
                    String id = exchange.getMessage().getHeader(Hh1Constants.RUN_ID, String.class);
                    seen.add(id);
                    if (seen.indexOf(id) == 0) {
                        throw new IllegalStateException("the route fails with the first run");
                    }
                });
        has(route, 1);
        assertThat(seen).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void mayBeSettledByItsOwnRoute() {
        String runId = unknown("", "1");
        LateRoute route = LateRoute.from(CAMEL.context(), "held?after=0", exchange -> {
            exchange.getMessage().setBody("https://v.example/found.mp4");
            assertThat(CAMEL.context()
                            .createFluentProducerTemplate()
                            .to("hh1:adopt")
                            .withExchange(exchange)
                            .send()
                            .getException())
                    .isNull();
        });
        has(route, 1);
        LateRoute recovered = LateRoute.from(CAMEL.context(), "recovered?after=0", exchange -> {});
        recovered.looksAgain();
        assertThat(recovered.completed())
                .as("an adopted video is the operator's")
                .isEmpty();
        assertThat(LEDGER.runs("COMPLETED")).singleElement().satisfies(run -> assertThat(run)
                .containsEntry("runId", runId));
    }

    @Test
    void isNotEarlyAndIsForItsGroup() {
        unknown("group=mine", "1");
        LateRoute early = LateRoute.from(CAMEL.context(), "held?after=1h&group=mine", exchange -> {});
        LateRoute others = LateRoute.from(CAMEL.context(), "held?after=0", exchange -> {});
        early.looksAgain();
        others.looksAgain();
        assertThat(early.completed()).isEmpty();
        assertThat(others.completed()).isEmpty();
        has(LateRoute.from(CAMEL.context(), "held?after=0&group=mine", exchange -> {}), 1);
    }

    @Test
    void isLeftByADeadNode() {
        LedgerSession dying = ledger.open();
        LedgerContract.sent(dying, "left");
        dying.close();
        LEDGER.restart(component -> {});
        LateRoute route = LateRoute.from(CAMEL.context(), "held?after=0", exchange -> {});
        has(route, 1);
        assertThat(route.completed()).containsExactly("left");
    }
}
