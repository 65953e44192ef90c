package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.bench.Sent;
import io.github.camelhh1.failure.BudgetExceededException;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 34: two accounts behind two endpoints of one context share nothing but the pool. */
class TwoAccountsTest {
    private static final String OTHER_KEY = "another-key-0815";

    @RegisterExtension
    static final Bench BENCH = new Bench();

    private static final Hh1Simulator OTHER = Hh1Simulator.builder()
            .account("fedcba9876543210fedcba9876543210")
            .apiKey(OTHER_KEY)
            .rendering(false)
            .start();
    private static final String THERE = "duration=3&apiKey=RAW(" + OTHER_KEY + ")&accountId=" + OTHER.account()
            + "&baseUrl=RAW(" + OTHER.baseUrl() + ")";
    private static final String HERE = "duration=3";

    private static final Desk DESK = new Desk(BENCH);

    @BeforeEach
    void reset() {
        OTHER.reset();
    }

    @AfterAll
    static void close() {
        OTHER.close();
    }

    private static void onePaidEach() {
        assertThat(BENCH.simulator().charges()).isEqualTo(1);
        assertThat(OTHER.charges()).isEqualTo(1);
    }

    @Test
    void oneKeyIsTwoRequests() {
        var here = Desk.made(BENCH.send(HERE, DESK.keyed("one")));
        var there = Desk.made(BENCH.send(THERE, DESK.keyed("one", "snow")));
        assertThat(here.getHeader(Hh1Constants.RUN_ID)).isNotEqualTo(there.getHeader(Hh1Constants.RUN_ID));
        assertThat(Desk.replayed(BENCH.send(THERE, DESK.keyed("one", "snow"))).getBody())
                .isEqualTo(there.getBody());
        onePaidEach();
        assertThat(DESK.runs())
                .extracting(run -> run.get("account"))
                .containsExactly(OTHER.account(), BENCH.simulator().account());
    }

    @Test
    void anUpstreamIdIsTwoRequestsToo() {
        for (int delivery = 0; delivery < 2; delivery++) {
            BENCH.send(HERE, DESK.jms("ID:1")).video();
            BENCH.send(THERE, DESK.jms("ID:1")).video();
        }
        onePaidEach();
    }

    @Test
    void whatIsHeldForOneIsNotHeldForTheOther() {
        BENCH.simulator().script(Fault.closeAfterRequest());
        BENCH.send(HERE, DESK.keyed("one")).failure(OutcomeUnknownException.class);
        Desk.made(BENCH.send(THERE, DESK.keyed("one")));
        DESK.operate("hh1:forget?accountId=" + OTHER.account(), null, Map.of(Hh1Constants.REQUEST_KEY, "one"))
                .video();
        assertThat(DESK.runs("UNKNOWN")).singleElement().satisfies(run -> assertThat(run)
                .containsEntry("account", BENCH.simulator().account()));
        DESK.operate("hh1:forget?accountId=nobody", null, Map.of(Hh1Constants.REQUEST_KEY, "one"))
                .failure(InvalidRequestException.class);
    }

    @Test
    void aBudgetIsOfOneAccount() {
        BENCH.restart(component -> component.setMaxSecondsPerDay(3L));
        Desk.made(BENCH.send(HERE));
        Desk.made(BENCH.send(THERE));
        BENCH.send(HERE).failure(BudgetExceededException.class);
        BENCH.send(THERE).failure(BudgetExceededException.class);
        onePaidEach();
    }

    @Test
    void aRefusedKeyOfOneStopsOnlyThatOne() {
        BENCH.simulator().when(request -> true).reply(Reply.error(401, 10000, "Authentication error"));
        for (int i = 0; i < 3; i++) {
            BENCH.send(HERE).failure(RejectedException.class);
            Desk.made(BENCH.send(THERE));
        }
    }

    @Test
    void aKeyGoesToItsOwnServiceOnly() {
        Desk.made(BENCH.send(HERE));
        Desk.made(BENCH.send(THERE));
        assertThat(BENCH.simulator().requests())
                .allSatisfy(request -> assertThat(request.headers().toString()).doesNotContain(OTHER_KEY));
        assertThat(OTHER.requests())
                .allSatisfy(request -> assertThat(request.headers().toString())
                        .contains(OTHER_KEY)
                        .doesNotContain(Bench.KEY));
    }

    @Test
    void thePoolIsOneForBoth() {
        var gate = new CompletableFuture<Void>();
        BENCH.restart(component -> component.setMaxInFlight(1));
        BENCH.simulator().script(Reply.completed().heldUntil(gate));
        Sent here = BENCH.send(HERE);
        await().until(() -> BENCH.simulator().inFlight() == 1);
        Sent there = BENCH.send(THERE);
        assertThat(there.hasEnded()).isFalse();
        assertThat(OTHER.requests()).isEmpty();
        gate.complete(null);
        here.video();
        there.video();
        onePaidEach();
    }
}
