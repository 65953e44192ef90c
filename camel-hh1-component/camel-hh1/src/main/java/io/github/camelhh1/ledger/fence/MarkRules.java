package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LookupPlace;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link RunTransitions} for the marks of a run: they note who has received its ending. It also shortens
 * old runs.
 */
public final class MarkRules {
    /** The ending of a run that is shortened. */
    public static final Ending PRUNED = Ending.of("the ledger holds no more of it: it was pruned");

    /** Replaces the ending of the attempt before, which the last attempt's own ending has overwritten. */
    public static final Ending EARLIER =
            Ending.of("the last attempt brought nothing and is not billed; an earlier one may be");

    /** A record may come minutes after its call. Where no node looks runs up, they are sent again all the same. */
    private static final Duration LOOKED_UP_FIRST = Duration.ofMinutes(10);

    /**
     * Longer than any mark lies ahead. A mark that is further ahead was written while the ledger's clock was wrong, and
     * holds nothing back: a video's link may expire within a day.
     */
    public static final Duration LONGEST_PAUSE = Duration.ofHours(2);

    private MarkRules() {}

    static boolean applies(RunRow row, Command.Marking command) {
        RunState state = row.run().state();
        @Nullable Instant handedAt = row.marks().handedAt();
        if (command instanceof Command.Emit) {
            return (state == RunState.COMPLETED || state == RunState.UNKNOWN) && handedAt == null;
        } else if (command instanceof Command.Emitted emitted) {
            // While a run is emitted as held, its task may be asked for again.
            boolean resumed = emitted.state() == RunState.UNKNOWN && state == RunState.SENT;
            return (state == emitted.state() || resumed)
                    && row.run().attempt() == emitted.attempt()
                    && emitted.owner().equals(row.marks().emitOwner());
        } else if (command instanceof Command.Look look) {
            return state == RunState.UNKNOWN
                    && row.run().attempt() == look.attempt()
                    && row.run().lookupId() != null;
        } else if (command instanceof Command.Noted noted) {
            // The link of an earlier attempt may be paid.
            return state == RunState.SENT
                    && row.run().attempt() == noted.attempt()
                    && !row.run().hasLink();
        } else if (command == Command.Mark.ASK) {
            return row.isOpen() || state == RunState.UNKNOWN || state == RunState.COMPLETED;
        } else if (command == Command.Mark.REPLAY) {
            return state == RunState.COMPLETED && handedAt == null;
        }
        return !row.isOpen()
                && state != RunState.UNKNOWN
                && handedAt != null
                && !row.marks().isPruned();
    }

    /** The attempt's own exchange receives a video that was found meanwhile and not handed on. */
    static boolean handsOn(RunRow row, Command.Settle settle) {
        return row.run().state() == RunState.COMPLETED
                && row.marks().handedAt() == null
                && settle.state() == RunState.COMPLETED
                && settle.handedOn();
    }

    /** Whether the ending waits to be handed on. The store checks whether another owner does it now. */
    public static boolean isToEmit(RunRow row, Emission.Filter filter, Instant now) {
        Instant then = now.minus(filter.after());
        return row.run().state() == filter.state()
                && row.marks().handedAt() == null
                && isOver(settledAt(row), then, now)
                && (filter.state() == RunState.UNKNOWN || isOver(row.marks().askedAt(), then, now))
                && isOver(row.marks().emitUntil(), now, now)
                && Objects.equals(row.run().asked().group(), filter.group());
    }

    /**
     * Since when the ending waits for a route, the longest waiting first: routes that fail again and again must not hold
     * other videos back, whose links expire.
     */
    public static Instant waitsSince(RunRow row) {
        return Objects.requireNonNullElse(row.marks().emitUntil(), settledAt(row));
    }

    /** Since when the run is in the state of its ending. */
    public static Instant settledAt(RunRow row) {
        return Objects.requireNonNull(row.run().settledAt(), "not settled");
    }

    public static boolean isNotAfter(@Nullable Instant mark, Instant time) {
        return mark == null || !mark.isAfter(time);
    }

    /** Whether the row holds what is known of the attempt that it says is sent. */
    static boolean isNoted(RunRow row) {
        return row.run().state() == RunState.SENT && row.marks().lookAt() != null;
    }

    /** Whether the ending in the row is that of its last attempt, and not of the one before. */
    public static boolean hasOwnEnding(RunRow row) {
        return row.run().state() == RunState.UNKNOWN || isNoted(row);
    }

    /** The same of an attempt that is undone. A task may have been resumed: then the ending may be its own. */
    public static boolean hasEndingOfTheUndone(RunRow row) {
        return hasOwnEnding(row)
                || (row.run().state() == RunState.SENT && row.run().taskId() != null);
    }

    /** Whether the service may be asked for the task of a run of this account. */
    public static boolean isToResume(RunRow row, String account, Instant now) {
        return row.run().asked().account().equals(account) && row.run().isGoingOn(now);
    }

    /** Whether the service may be asked for the run now. */
    public static boolean isToLookUp(RunRow row, LookupPlace place, Duration within, Instant now) {
        return row.run().state() == RunState.UNKNOWN
                && place.has(row.run())
                && !row.run().hasLink()
                && !isNotAfter(row.run().sentAt(), now.minus(within))
                && isOver(row.marks().lookAt(), now, now);
    }

    /** See {@link #LONGEST_PAUSE}. */
    private static boolean isOver(@Nullable Instant mark, Instant time, Instant now) {
        return mark == null || !mark.isAfter(time) || mark.isAfter(now.plus(LONGEST_PAUSE));
    }

    /** Since when the next look is due. */
    public static Instant dueSince(RunRow row) {
        return Objects.requireNonNullElse(row.marks().lookAt(), settledAt(row));
    }

    /** Whether look-ups may yet find the end of an unknown run, before it may be sent again. */
    static boolean isToLookUpFirst(RunRow row, Supplier<Instant> now) {
        return row.run().lookupId() != null && now.get().isBefore(settledAt(row).plus(LOOKED_UP_FIRST));
    }

    static void mark(RunRow.Draft next, Command.Marking command, Instant now) {
        if (command instanceof Command.Emit emit) {
            next.marks = next.marks.emitted(emit.owner(), null);
        } else if (command instanceof Command.Emitted emitted) {
            Duration again = emitted.again();
            next.marks = again == null ? next.marks.handed(now) : next.marks.emitted(null, now.plus(again));
        } else if (command instanceof Command.Look look) {
            next.marks = next.marks.looked(now.plus(look.pause()));
        } else if (command instanceof Command.Noted noted) {
            next.ending = noted.soFar();
            next.marks = next.marks.looked(now);
        } else if (command == Command.Mark.ASK) {
            next.marks = next.marks.asked(now);
        } else if (command == Command.Mark.REPLAY) {
            next.marks = next.marks.handed(now);
        } else {
            prune(next);
        }
    }

    private static void prune(RunRow.Draft next) {
        NewRun asked = next.asked;
        next.asked = new NewRun(
                asked.runId(), asked.account(), asked.model(), asked.key(), asked.fingerprint(), "", null, null, null);
        next.causes = "";
        next.ending = PRUNED;
        next.completion = null;
        next.taskId = null;
        next.lookupId = null;
        next.staged.clear();
        next.marks = next.marks.handed(Instant.EPOCH);
    }
}
