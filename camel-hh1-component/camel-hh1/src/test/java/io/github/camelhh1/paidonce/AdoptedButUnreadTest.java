package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.DelegatingSession;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Reply;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ledger stops answering right after it has adopted a video. */
class AdoptedButUnreadTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);
    private static final String LINK = "https://v.example/found.mp4";

    private static final class Unreadable implements Ledger {
        private final Ledger memory = Ledgers.memory();
        private volatile boolean adopted;

        @Override
        public LedgerSession open() {
            return new DelegatingSession(memory.open()) {
                @Override
                protected <T> T around(String method, Supplier<T> call) {
                    if (adopted && method.equals("find")) {
                        adopted = false;
                        throw new LedgerException("the connection was cut", null);
                    }
                    T result = call.get();
                    adopted = adopted || method.equals("adopt");
                    return result;
                }
            };
        }

        @Override
        public boolean isDurable() {
            return false;
        }

        @Override
        public String toString() {
            return "unreadable";
        }
    }

    @Test
    void isNotSaidToHaveChangedNothing() {
        CAMEL.restart(component -> component.setLedger(new Unreadable()));
        CAMEL.simulator().script(Reply.html(502));
        String runId = CAMEL.send("", LEDGER.keyed("key"))
                .failure(OutcomeUnknownException.class)
                .runId();
        assertThat(LEDGER.runs("UNKNOWN")).hasSize(1);

        var failure = LEDGER.adopt(runId, LINK).end();

        assertThat(LEDGER.runs("COMPLETED")).as("the adoption took place").hasSize(1);
        if (failure.getException() != null) {
            assertThat(failure.getException()).hasMessageNotContaining("Nothing was changed");
        } else {
            assertThat(failure.getMessage().getHeader(Hh1Constants.VIDEO_URL)).isEqualTo(LINK);
        }
    }
}
