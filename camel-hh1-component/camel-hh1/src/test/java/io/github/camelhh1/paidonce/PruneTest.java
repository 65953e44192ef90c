package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.KeyReuseException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.VideoExpiredException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import io.github.camelhh1.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Old runs are shortened, and their requests stay paid. */
class PruneTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-31T00:00:00Z"));

    @BeforeEach
    void open() {
        LEDGER.restart(component -> component.setLedger(MemoryLedgers.withLease(now::get, Duration.ZERO)));
    }

    private static SentMessage prune(Object olderThan) {
        return LEDGER.operate("hh1:prune", null, Map.of(Hh1Constants.OLDER_THAN, olderThan));
    }

    private static long pruned(Object olderThan) {
        SentMessage sent = prune(olderThan);
        assertThat(sent.end().getException()).isNull();
        return sent.end().getMessage().getBody(Long.class);
    }

    @Test
    void thoseThatAreOldLoseTheirLinksAndKeepTheirKeys() {
        LedgerClient.made(CAMEL.send("", LEDGER.keyed("old")));
        CAMEL.simulator().script(Fault.closeAfterRequest());
        CAMEL.send("", LEDGER.keyed("unknown")).failure(OutcomeUnknownException.class);
        now.updateAndGet(time -> time.plus(Duration.ofDays(31)));
        LedgerClient.made(CAMEL.send("", LEDGER.keyed("young")));

        assertThat(pruned("32d")).isZero();
        assertThat(pruned(Duration.ofDays(30))).isEqualTo(1);
        assertThat(pruned("P30D")).isZero();

        LedgerClient.replayed(CAMEL.send("", LEDGER.keyed("young")));
        assertThat(CAMEL.send("", LEDGER.keyed("unknown"))
                        .failure(OutcomeUnknownException.class)
                        .held())
                .isTrue();
        VideoExpiredException failure = CAMEL.send("", LEDGER.keyed("old")).failure(VideoExpiredException.class);
        assertThat(failure).hasMessageContainingAll("made and is billed", "pruned", "hh1:forget");
        assertThat(failure.billing()).isEqualTo(Billing.BILLED);
        CAMEL.send("", LEDGER.keyed("old", "another prompt")).failure(KeyReuseException.class);
        assertThat(CAMEL.posts()).isEqualTo(3);
        assertThat(LEDGER.runs(Map.of())).anySatisfy(run -> assertThat(run)
                .containsEntry("key", "old")
                .containsEntry("state", "COMPLETED")
                .doesNotContainKeys("videoUrl", "correlation"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "23h", "soon", "-P30D", "P", "1e9d", "30D x"})
    void noneWhereTheHeaderSaysNoDay(String olderThan) {
        assertThat(prune(olderThan).failure(InvalidRequestException.class).violations())
                .singleElement()
                .asString()
                .contains("is no such length of time; give one day or more, such as 30d");
    }

    @Test
    void noneWithoutAHeader() {
        assertThat(LEDGER.operate("hh1:prune", null, Map.of())
                        .failure(InvalidRequestException.class)
                        .violations())
                .singleElement()
                .asString()
                .isEqualTo("CamelHh1OlderThan: it is missing; give one day or more, such as 30d or P30D");
    }

    @Test
    void noneWhereTheyAreYoungerThanAThousandCenturies() {
        assertThat(pruned("999999999d")).isZero();
    }
}
