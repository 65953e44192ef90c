package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Amount.Spending;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.LookupPlace;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.Run.LateResult;
import io.github.camelhh1.ledger.fence.RunRow.Expected;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows of runs. Every method is one atomic step, and may throw {@link LedgerException}: the step may then have
 * taken place, or take place later, after other steps. That is why each change names the version of the row that it was
 * meant for. Safe for use by many threads.
 */
public interface RunStore extends AutoCloseable {

    /** Null when there is no such run. */
    @Nullable
    RunRow find(String runId);

    /** {@code CLAIMED}, where there is no such run. False: there is one. */
    boolean insert(NewRun run, Claim claim);

    /**
     * Changes the row by the rules of {@link RunTransitions}. False: the row has another version, the command does not
     * apply to it; or it is {@code Sent}, {@code Resume} or {@code Emit} and the owner is buried, or {@code REPLAY} and a living owner emits the run.
     */
    boolean change(Expected expected, Command command);

    /** Reserves, if the caps allow it, for the ledger's day; an earlier reservation of the run is given back. */
    Reserving reserve(Expected expected, Amount amount, Caps caps);

    /** The claims of open runs of this owner. */
    List<Claim> openOf(String owner);

    /** Open runs of owners that are buried. */
    List<RunRow> openOfTheDead();

    /**
     * In one step, settles those of these runs that are still as they were seen and whose owners are buried: {@code SENT}
     * becomes {@code UNKNOWN}, {@code CLAIMED} is released.
     *
     * @return the runs that are {@code UNKNOWN} now
     */
    List<Run> freeOfTheDead(List<RunRow> seen);

    /** Runs of the account that are {@linkplain Run#isGoingOn going on}, the eldest first. */
    List<Run> toResume(String account, int most);

    /**
     * {@code UNKNOWN} runs with a name for look-ups in that place, sent no longer ago than that, whose next look is due; those
     * first that were due first.
     */
    List<RunRow> toLookUp(LookupPlace place, Duration within, int most);

    /** Keeps a settlement that its run does not take; once, however often it is written. */
    void late(Claim claim, Command.Settle settlement);

    /** By run id; runs that have none may be absent. */
    Map<String, List<LateResult>> lateOf(List<String> runIds);

    /** Runs to be handed on that nobody hands on now, those first that were settled first. */
    List<RunRow> toEmit(Emission.Filter filter, int most);

    /** The runs that this owner hands on. */
    List<RunRow> emittedBy(String owner);

    /** In one step, does {@code PRUNE} to so many runs, of those that were handed on so long ago; returns how many. */
    int prune(Duration olderThan, int most);

    /** Newest first, in an order that is the same for every page. */
    List<Run> list(Run.Filter filter, int limit, int offset);

    long count(Run.Filter filter);

    Spending spending(String account, LocalDate day);

    /** By the ledger's clock. */
    Instant now();

    @Override
    void close();
}
