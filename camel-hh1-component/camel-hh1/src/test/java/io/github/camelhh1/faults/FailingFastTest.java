package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.bench.Sent;
import io.github.camelhh1.failure.BusyException;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 14 and 34: an account that is refused. That it recovers after a minute is shown with virtual time. */
class FailingFastTest {
    private static final String NEW_KEY = Bench.KEY + "-new";

    @RegisterExtension
    static final Bench BENCH = new Bench();

    @ParameterizedTest(name = "row 14: {0}")
    @ValueSource(ints = {401, 403})
    void aHundredQueuedMessagesCostAHandfulOfRefusals(int status) {
        BENCH.restart(component -> component.setMaxInFlight(2));
        BENCH.simulator().when(request -> true).reply(Reply.error(status, 10000, "Authentication error"));

        List<Sent> all = BENCH.send(100, "");

        assertThat(all).allSatisfy(sent -> assertThat(sent.end().getException())
                .isInstanceOfAny(RejectedException.class, NotSentException.class)
                .hasMessageContaining("Authentication error"));
        assertThat(all.get(99).failure(NotSentException.class))
                .hasMessageContaining("times in a row")
                .hasMessageContaining("until the API key changes");
        assertThat(BENCH.posts()).isBetween(3, 4);
        assertThat(BENCH.simulator().charges()).isZero();
    }

    @Test
    void row14theWayIsFreeOnceTheKeyChanges() {
        var key = new AtomicReference<>(Bench.KEY);
        BENCH.options(options -> options.setApiKeySupplier(key::get));
        BENCH.simulator().acceptOnly(NEW_KEY);
        BENCH.send(10, "").forEach(Sent::end);
        assertThat(BENCH.send("").failure(NotSentException.class)).hasMessageContaining("until the API key changes");

        key.set(NEW_KEY);

        assertThat(BENCH.send("").video()).isNotEmpty();
        assertThat(BENCH.simulator().charges()).isEqualTo(1);
    }

    @Test
    void row14othersRefusalsDoNotCount() {
        BENCH.simulator().when(request -> true).reply(Reply.error(400, 7003, "Invalid input"));
        BENCH.send(5, "").forEach(sent -> sent.failure(RejectedException.class));

        assertThat(BENCH.posts()).isEqualTo(5);
    }

    @Test
    void row34twoAccountsShareNothingButThePool() {
        try (Hh1Simulator other = Hh1Simulator.builder()
                .account("other")
                .apiKey(NEW_KEY)
                .rendering(false)
                .start()) {
            String options = "accountId=other&apiKey=RAW(" + NEW_KEY + ")&baseUrl=" + other.baseUrl();
            BENCH.simulator().when(request -> true).reply(Reply.error(401, 10000, "Authentication error"));
            BENCH.send(10, "").forEach(sent -> assertThat(sent.end().getException())
                    .isInstanceOf(Hh1Exception.class)
                    .isNotInstanceOf(BusyException.class));

            assertThat(BENCH.send(options).video()).startsWith(other.origin());

            assertThat(other.requests()).hasSize(1).allMatch(request -> ("Bearer " + NEW_KEY)
                    .equals(request.header("Authorization")));
            assertThat(BENCH.simulator().requests()).isNotEmpty().allMatch(request -> ("Bearer " + Bench.KEY)
                    .equals(request.header("Authorization")));
            assertThat(other.charges()).isEqualTo(1);
            assertThat(BENCH.simulator().charges()).isZero();
        }
    }
}
