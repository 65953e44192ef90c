package io.github.camelhh1.rooms;

import io.github.camelhh1.generation.VideoPlace;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import java.util.function.Function;

/**
 * How a claim or an attempt ended, on its way into the ledger.
 *
 * @param ending the ending for people: a state, and the place of a video without its signature
 */
record Settlement(String ending, Function<LedgerSession, Settled> write) {

    static Settlement completed(Attempt attempt, Completion completion) {
        return new Settlement(
                "completed, its video is at " + VideoPlace.of(completion.videoUrl()),
                ledger -> ledger.complete(attempt, completion));
    }

    static Settlement rejected(Attempt attempt, Ending ending) {
        return new Settlement("rejected", ledger -> ledger.reject(attempt, ending));
    }

    static Settlement failed(Attempt attempt, Ending ending) {
        return new Settlement("failed", ledger -> ledger.failed(attempt, ending));
    }

    /** One that comes late adds nothing to what the run says, but for a link. */
    static Settlement unknown(Attempt attempt, Ending ending) {
        String link = ending.link();
        return new Settlement(link == null ? "unknown" : "unknown, with a video at " + VideoPlace.of(link), ledger -> {
            Settled settled = ledger.unknown(attempt, ending);
            return settled == Settled.LATE && link == null ? Settled.DONE : settled;
        });
    }

    /** A later attempt, or another owner, has superseded it where it does not take place. */
    static Settlement unsent(Attempt attempt) {
        return new Settlement("not sent", ledger -> {
            ledger.unsent(attempt);
            return Settled.DONE;
        });
    }

    /** Where it does not take place, the claim is gone anyhow. */
    static Settlement release(Claim claim) {
        return new Settlement("not sent", ledger -> {
            ledger.release(claim);
            return Settled.DONE;
        });
    }

    static Settlement abandon(Claim claim, Ending ending) {
        return new Settlement("unknown", ledger -> {
            ledger.abandon(claim, ending);
            return Settled.DONE;
        });
    }
}
