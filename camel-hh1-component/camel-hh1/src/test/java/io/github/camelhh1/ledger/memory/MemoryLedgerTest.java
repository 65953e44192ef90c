package io.github.camelhh1.ledger.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LeaseContract;
import io.github.camelhh1.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryLedgerTest extends LeaseContract {
    @Override
    protected Ledger ledger(Duration lease) {
        return new MemoryLedger(Clock.systemUTC(), lease, 100);
    }

    @Test
    void dropsTheEldestSettledRunsAndNeverOneThatIsHeld() {
        one.unknown(sent(one, "held"), Ending.of("silence"));
        sent(one, "sent");
        for (int i = 0; i < 150; i++) {
            one.reject(sent(one, "rejected-" + i), Ending.of("no"));
        }
        assertThat(one.runs(null, 1000, 0)).hasSize(102);
        assertThat(one.find("held")).isPresent();
        assertThat(one.find("sent")).isPresent();
        assertThat(one.find("rejected-49")).isEmpty();
        assertThat(one.find("rejected-50")).isPresent();
    }
}
