package io.github.camelhh1.ledger.fence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.RunState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A run of unknown outcome is sent again: which of its attempts the service can be asked for afterwards. */
class ResentRunTest {
    private static final NewRun ASKED =
            new NewRun("run", "account", "model", "key", "print", "a.mp4", null, null, null);
    private static final Claim CLAIM = new Claim("run", "owner", 1);
    private static final Ending SILENCE = Ending.of("silence");

    private RunRow row = RunRow.inserted(ASKED, CLAIM, Instant.EPOCH);

    private void change(Command command) {
        row = RunTransitions.apply(row, command, Instant.EPOCH.plusSeconds(1))
                .orElseThrow()
                .row();
    }

    private void sentAgainAfterAnUnknownOutcome() {
        change(new Command.Sent(1, null, "name-1"));
        change(Command.Settle.ended(1, RunState.UNKNOWN, SILENCE));
        change(new Command.ClaimAgain(ASKED, new Claim("run", "owner", 2)));
        change(new Command.Sent(2, null, "name-2"));
    }

    private void isUnknownByTheName(String name) {
        assertThat(row.run().state()).isEqualTo(RunState.UNKNOWN);
        assertThat(row.run().lookupId()).isEqualTo(name);
    }

    @Test
    void anAttemptThatDidNotStartLeavesTheNameOfTheOneBefore() {
        sentAgainAfterAnUnknownOutcome();
        change(new Command.Unsent(2));
        change(Command.Plain.RELEASE);
        isUnknownByTheName("name-1");
    }

    @Test
    void anAttemptThatDidNotStartTwiceLeavesTheNameOfTheOneBefore() {
        sentAgainAfterAnUnknownOutcome();
        change(new Command.Unsent(2));
        change(new Command.Sent(3, null, "name-3"));
        change(Command.Plain.RELEASE);
        isUnknownByTheName("name-1");
    }

    @Test
    void aRefusedAttemptLeavesTheNameOfTheOneBefore() {
        sentAgainAfterAnUnknownOutcome();
        change(Command.Settle.ended(2, RunState.REJECTED, SILENCE));
        isUnknownByTheName("name-1");
    }

    @Test
    void anAttemptThatIsUnknownItselfHasItsOwnName() {
        sentAgainAfterAnUnknownOutcome();
        change(Command.Plain.ABANDON);
        isUnknownByTheName("name-2");
    }
}
