package io.github.camelhh1.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.NewRun;
import org.junit.jupiter.api.Test;

class NeededImagesTest {
    private static final NewRun RUN = LedgerContract.run("a");
    private static final String IMAGE = "file:photo.jpg";

    private final LedgerSession session = Ledgers.memory().open();

    @Test
    void theImageOfAnUnknownAttemptIsNeededWhileTheRunIsSentAgain() {
        Claim first = LedgerContract.claimed(session, RUN, 2);
        session.unknown(session.sent(first, IMAGE).orElseThrow(), Ending.of("silence"));
        assertThat(NeededImages.staged(session)).containsExactly(IMAGE);

        Claim second = LedgerContract.claimed(session, RUN, 2);
        assertThat(NeededImages.staged(session)).as("claimed again").containsExactly(IMAGE);

        session.unsent(session.sent(second, IMAGE).orElseThrow());
        assertThat(NeededImages.staged(session)).as("not sent").containsExactly(IMAGE);

        session.release(second);
        assertThat(NeededImages.staged(session)).as("unknown again").containsExactly(IMAGE);
    }

    @Test
    void theImageOfAFirstAttemptThatWasNotSentIsNotNeeded() {
        Claim claim = LedgerContract.claimed(session, RUN, 2);

        session.unsent(session.sent(claim, IMAGE).orElseThrow());

        assertThat(NeededImages.staged(session)).isEmpty();
    }
}
