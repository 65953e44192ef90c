package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.BudgetExceededException;
import io.github.camelhh1.failure.BusyException;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.failure.ThrottledException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 34: two accounts behind two endpoints of one context share nothing but the pool. */
class TwoAccountsTest {
    private static final String OTHER_KEY = "another-key-0815";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final Hh1Simulator OTHER = Hh1Simulator.builder()
            .account("fedcba9876543210fedcba9876543210")
            .apiKey(OTHER_KEY)
            .rendering(false)
            .start();
    private static final String THERE = "duration=3&apiKey=RAW(" + OTHER_KEY + ")&accountId=" + OTHER.account()
            + "&baseUrl=RAW(" + OTHER.baseUrl() + ")";
    private static final String HERE = "duration=3";

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    @BeforeEach
    void reset() {
        OTHER.reset();
    }

    @AfterAll
    static void close() {
        OTHER.close();
    }

    private static void onePaidEach() {
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        assertThat(OTHER.charges()).isEqualTo(1);
    }

    @Test
    void oneKeyIsTwoRequests() {
        var here = LedgerClient.made(CAMEL.send(HERE, LEDGER.keyed("one")));
        var there = LedgerClient.made(CAMEL.send(THERE, LEDGER.keyed("one", "snow")));
        assertThat(here.getHeader(Hh1Constants.RUN_ID)).isNotEqualTo(there.getHeader(Hh1Constants.RUN_ID));
        assertThat(LedgerClient.replayed(CAMEL.send(THERE, LEDGER.keyed("one", "snow")))
                        .getBody())
                .isEqualTo(there.getBody());
        onePaidEach();
        assertThat(LEDGER.runs())
                .extracting(run -> run.get("account"))
                .containsExactly(OTHER.account(), CAMEL.simulator().account());
    }

    @Test
    void anUpstreamIdIsTwoRequestsToo() {
        for (int delivery = 0; delivery < 2; delivery++) {
            CAMEL.send(HERE, LEDGER.jms("ID:1")).video();
            CAMEL.send(THERE, LEDGER.jms("ID:1")).video();
        }
        onePaidEach();
    }

    @Test
    void whatIsHeldForOneIsNotHeldForTheOther() {
        CAMEL.simulator().script(Fault.closeAfterRequest());
        CAMEL.send(HERE, LEDGER.keyed("one")).failure(OutcomeUnknownException.class);
        LedgerClient.made(CAMEL.send(THERE, LEDGER.keyed("one")));
        LEDGER.operate("hh1:forget?accountId=" + OTHER.account(), null, Map.of(Hh1Constants.REQUEST_KEY, "one"))
                .video();
        assertThat(LEDGER.runs("UNKNOWN")).singleElement().satisfies(run -> assertThat(run)
                .containsEntry("account", CAMEL.simulator().account()));
        LEDGER.operate("hh1:forget?accountId=nobody", null, Map.of(Hh1Constants.REQUEST_KEY, "one"))
                .failure(InvalidRequestException.class);
    }

    /** As the component's page advises. */
    @Test
    void aFailoverAfterUnbilledFailuresPaysOnce() {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:failover")
                        .loadBalance()
                        .failover(NotSentException.class, ThrottledException.class, BusyException.class)
                        .to("hh1:generate?" + HERE + "&maxAttempts=1", "hh1:generate?" + THERE);
            }
        });
        CAMEL.simulator().script(Fault.closeAfterRequest(), Reply.throttled("3600"));
        CAMEL.sendTo("direct:failover", LEDGER.jms("ID:1")).failure(OutcomeUnknownException.class);
        assertThat(OTHER.requests()).isEmpty();
        CAMEL.sendTo("direct:failover", LEDGER.jms("ID:2")).video();
        onePaidEach();
    }

    @Test
    void aBudgetIsOfOneAccount() {
        CAMEL.restart(component -> component.setMaxSecondsPerDay(3L));
        LedgerClient.made(CAMEL.send(HERE));
        LedgerClient.made(CAMEL.send(THERE));
        CAMEL.send(HERE).failure(BudgetExceededException.class);
        CAMEL.send(THERE).failure(BudgetExceededException.class);
        onePaidEach();
    }

    @Test
    void aRefusedKeyOfOneStopsOnlyThatOne() {
        CAMEL.simulator().when(request -> true).reply(Reply.error(401, 10000, "Authentication error"));
        for (int i = 0; i < 3; i++) {
            CAMEL.send(HERE).failure(RejectedException.class);
            LedgerClient.made(CAMEL.send(THERE));
        }
    }

    @Test
    void aKeyGoesToItsOwnServiceOnly() {
        LedgerClient.made(CAMEL.send(HERE));
        LedgerClient.made(CAMEL.send(THERE));
        assertThat(CAMEL.simulator().requests())
                .allSatisfy(request -> assertThat(request.headers().toString()).doesNotContain(OTHER_KEY));
        assertThat(OTHER.requests())
                .allSatisfy(request -> assertThat(request.headers().toString())
                        .contains(OTHER_KEY)
                        .doesNotContain(TestContext.KEY));
    }

    @Test
    void thePoolIsOneForBoth() {
        var gate = new CompletableFuture<Void>();
        CAMEL.restart(component -> component.setMaxInFlight(1));
        CAMEL.simulator().script(Reply.completed().heldUntil(gate));
        SentMessage here = CAMEL.send(HERE);
        await().until(() -> CAMEL.simulator().inFlight() == 1);
        SentMessage there = CAMEL.send(THERE);
        assertThat(there.hasEnded()).isFalse();
        assertThat(OTHER.requests()).isEmpty();
        gate.complete(null);
        here.video();
        there.video();
        onePaidEach();
    }
}
