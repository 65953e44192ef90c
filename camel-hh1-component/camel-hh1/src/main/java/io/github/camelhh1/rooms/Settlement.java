package io.github.camelhh1.rooms;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import io.github.camelhh1.text.SignedUrl;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a claim or an attempt ended, or the name of its task, to be written into the ledger.
 *
 * @param state for people
 * @param link of a video; null where there is none
 */
record Settlement(String state, @Nullable String link, Function<LedgerSession, Settled> write) {

    Settlement(String state, Function<LedgerSession, Settled> write) {
        this(state, null, write);
    }

    /** For people, with the link's place but not its signature. */
    String ending() {
        return link == null ? state : state + ", its video is at " + SignedUrl.place(link);
    }

    /** @param handedOn whether an exchange gets the video now */
    static Settlement completed(Attempt attempt, Completion completion, boolean handedOn) {
        return new Settlement(
                "completed", completion.videoUrl(), ledger -> ledger.complete(attempt, completion, handedOn));
    }

    /** The task may be paid; its ending follows. */
    static Settlement task(Attempt attempt, String id) {
        return new Settlement(
                "it goes on as task " + id, ledger -> ledger.task(attempt, id) ? Settled.DONE : Settled.LATE);
    }

    /** Where it changes nothing, the attempt has ended already. */
    static Settlement noted(Attempt attempt, Ending soFar) {
        return always("unknown so far", ledger -> ledger.noted(attempt, soFar));
    }

    static Settlement rejected(Attempt attempt, Ending ending) {
        return new Settlement("rejected", ledger -> ledger.reject(attempt, ending));
    }

    static Settlement failed(Attempt attempt, Ending ending) {
        return new Settlement("failed", ledger -> ledger.failed(attempt, ending));
    }

    /** A late one adds nothing to the run but its link. */
    static Settlement unknown(Attempt attempt, Ending ending) {
        String link = ending.link();
        return new Settlement("unknown", link, ledger -> {
            Settled settled = ledger.unknown(attempt, ending);
            return settled == Settled.LATE && link == null ? Settled.DONE : settled;
        });
    }

    /** Where it changes nothing, a later attempt or another owner has superseded it. */
    static Settlement unsent(Attempt attempt) {
        return always("not sent", ledger -> ledger.unsent(attempt));
    }

    /** Where it changes nothing, the claim is gone already. */
    static Settlement release(Claim claim) {
        return always("not sent", ledger -> ledger.release(claim));
    }

    static Settlement abandon(Claim claim, Ending ending) {
        return always("unknown", ledger -> ledger.abandon(claim, ending));
    }

    /** Where it changes nothing, the run has changed meanwhile, or another hands it on. */
    static Settlement emitted(Emission emission, @Nullable Duration again) {
        return always(
                again == null ? "a route got it" : "a route failed with it", ledger -> ledger.ended(emission, again));
    }

    private static Settlement always(String ending, Consumer<LedgerSession> write) {
        return new Settlement(ending, ledger -> {
            write.accept(ledger);
            return Settled.DONE;
        });
    }
}
