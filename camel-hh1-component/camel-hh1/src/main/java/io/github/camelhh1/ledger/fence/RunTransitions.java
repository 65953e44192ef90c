package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.RunRow.Before;
import io.github.camelhh1.ledger.fence.RunRow.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which a run changes: a row and a command give the next row and the amount that the budget gets back, or
 * nothing where the command does not apply. Pure. The ledger in memory applies them as they stand; the statements of the
 * ledger in a database are compared with them, for every kind of row and command, in {@code StatementsTest}.
 *
 * <p>A store applies a command only to the row that it was meant for; see {@link RunRow.Expected}.
 */
public final class RunTransitions {
    /** The ending of a run whose owner is dead. */
    public static final Ending ABANDONED =
            Ending.of("the process that sent it ended, or was cut off, before its outcome was known");

    /** The length of the column of causes; the eldest lines go first. */
    private static final int LONGEST_CAUSES = 10_000;

    private static final List<RunState> MAY_BE_PAID = List.of(RunState.SENT, RunState.UNKNOWN);

    /**
     * The effect of a command.
     *
     * @param row null when the row is deleted
     * @param givenBack the amount that the account's budget gets back; null when nothing
     */
    public record Change(@Nullable RunRow row, @Nullable Reservation givenBack) {}

    private RunTransitions() {}

    /**
     * Why the run is not claimed for this request; null when it may be claimed again.
     *
     * @param now the ledger's clock, asked only where it matters
     */
    static Claiming.@Nullable Reason refusal(RunRow row, NewRun request, int maxPaidAttempts, Supplier<Instant> now) {
        Run run = row.run();
        RunState state = run.state();
        if (state == RunState.REJECTED || state == RunState.FORGOTTEN) {
            return null;
        } else if (!run.asked().fingerprint().equals(request.fingerprint())) {
            return Claiming.Reason.KEY_REUSED;
        } else if (row.isOpen()) {
            return Claiming.Reason.IN_FLIGHT;
        } else if (state == RunState.COMPLETED) {
            return Claiming.Reason.COMPLETED;
        } else if (state == RunState.FAILED) {
            return Claiming.Reason.FAILED;
        }
        if (run.hasOpenTask() && run.isGoingOn(now.get())) {
            return Claiming.Reason.IN_FLIGHT;
        }
        // A task that has a name is never sent again, nor a request whose answer has a link: it may be the video's.
        boolean held = run.taskId() != null || run.hasLink() || run.paidAttempts() >= maxPaidAttempts;
        return held ? Claiming.Reason.HELD : MarkRules.isToLookUpFirst(row, now) ? Claiming.Reason.IN_FLIGHT : null;
    }

    /** Empty where the command does not apply to the row. */
    public static Optional<Change> apply(RunRow row, Command command, Instant now) {
        if (!applies(row, command)) {
            return Optional.empty();
        } else if (undoes(row, command)) {
            return Optional.of(undone(row));
        }
        var next = new RunRow.Draft(row);
        boolean givesBack = changed(row, next, command, now);
        return Optional.of(new Change(next.row(), givesBack ? row.reserved() : null));
    }

    /** Whether the command may change the row. */
    public static boolean applies(RunRow row, Command command) {
        Run run = row.run();
        RunState state = run.state();
        if (command instanceof Command.Settle settle) {
            return run.attempt() == settle.attempt()
                    && settle.attempt() > 0
                    && (settle.fromClaimed()
                            ? state == RunState.CLAIMED
                            : MAY_BE_PAID.contains(state) || MarkRules.handsOn(row, settle));
        } else if (command instanceof Command.Sent sent) {
            return row.isOpen() && run.attempt() < sent.attempt();
        } else if (command instanceof Command.Unsent unsent) {
            return run.attempt() == unsent.attempt() && MAY_BE_PAID.contains(state);
        } else if (command instanceof Command.Task task) {
            return run.attempt() == task.attempt() && MAY_BE_PAID.contains(state);
        } else if (command instanceof Command.Resume) {
            return run.hasOpenTask();
        } else if (command instanceof Command.ClaimAgain) {
            return !row.isOpen();
        } else if (command instanceof Command.Reserve) {
            return state == RunState.CLAIMED;
        } else if (command == Command.Plain.RELEASE) {
            return row.isOpen();
        } else if (command == Command.Plain.ABANDON) {
            return state == RunState.SENT;
        } else if (command instanceof Command.Marking marking) {
            return MarkRules.applies(row, marking);
        }
        // Adopt or forget, which are changes of an operator.
        return state == RunState.UNKNOWN
                || state == RunState.COMPLETED
                || (state == RunState.FAILED && command == Command.Plain.FORGET);
    }

    /** Whether the row becomes as its last claim found it. */
    public static boolean undoes(RunRow row, Command command) {
        return command == Command.Plain.RELEASE
                || (command instanceof Command.Settle settle
                        && settle.state() == RunState.REJECTED
                        && row.before() != null
                        && row.before().state() == RunState.UNKNOWN
                        // A claim that was given up before it was sent leaves one attempt: the refused one.
                        && row.run().paidAttempts() > 1);
    }

    /** Whether the budget gets back the amount that was reserved. */
    private static boolean changed(RunRow row, RunRow.Draft next, Command command, Instant now) {
        if (command instanceof Command.Settle settle) {
            settle(next, settle, now);
            return settle.state() == RunState.REJECTED;
        } else if (command instanceof Command.Reserve reserve) {
            next.reserved = reserve.reservation();
            return true;
        } else if (command instanceof Command.ClaimAgain again) {
            claimAgain(row.run(), next, again);
        } else if (command instanceof Command.Resume resume) {
            next.state = RunState.SENT;
            next.claim = resume.claim();
        } else if (command instanceof Command.Sent sent) {
            next.paidAttempts += next.state == RunState.CLAIMED ? 1 : 0;
            next.state = RunState.SENT;
            next.attempt = sent.attempt();
            next.sentAt = now;
            next.taskId = null;
            next.lookupId = sent.lookupId();
            next.marks = next.marks.handed(null).looked(null);
            next.stage(sent.staged());
        } else if (command instanceof Command.Task task) {
            next.taskId = task.taskId();
        } else if (command instanceof Command.Unsent) {
            next.state = RunState.CLAIMED;
            next.paidAttempts--;
            next.lookupId = null;
        } else if (command instanceof Command.Adopt adopt) {
            Completion known = next.completion;
            next.completion = known == null
                    ? Completion.adopted(adopt.videoUrl(), Duration.between(next.createdAt, now), next.ending)
                    : known.at(adopt.videoUrl());
            next.ending = null;
            settle(next, RunState.COMPLETED, true, now);
        } else if (command == Command.Plain.ABANDON) {
            next.ending = MarkRules.isNoted(row) ? next.ending : ABANDONED;
            settle(next, RunState.UNKNOWN, false, now);
        } else if (command == Command.Plain.FORGET) {
            next.completion = null;
            next.ending = next.ending == null ? null : next.ending.link(null);
            settle(next, RunState.FORGOTTEN, true, now);
        } else if (command instanceof Command.Marking marking) {
            MarkRules.mark(next, marking, now);
        }
        return false;
    }

    /** An attempt whose outcome is unknown stays counted; the amount that it had reserved is spent. */
    private static void claimAgain(Run run, RunRow.Draft next, Command.ClaimAgain again) {
        if (run.state() == RunState.UNKNOWN) {
            next.causes = causes(run);
        } else {
            next.asked = again.request();
            next.staged.clear();
        }
        if (run.state() == RunState.FORGOTTEN) {
            next.paidAttempts = 0;
        }
        next.before = new Before(run.state(), run.lookupId(), run.sentAt());
        next.state = RunState.CLAIMED;
        next.claim = again.claim();
        next.reserved = null;
        next.marks = next.marks.emitted(null, null);
    }

    /**
     * Why the run is sent again: a line for each attempt, the latest last. The line is there already when a claim was
     * given up before it was sent.
     */
    public static String causes(Run unknown) {
        String line = "attempt " + unknown.paidAttempts() + ": " + unknown.reason() + "\n";
        String all = unknown.causes().endsWith(line) ? unknown.causes() : unknown.causes() + line;
        return all.length() <= LONGEST_CAUSES
                ? all
                : all.substring(all.indexOf('\n', all.length() - LONGEST_CAUSES) + 1);
    }

    private static void settle(RunRow.Draft next, Command.Settle settle, Instant now) {
        Ending ending = settle.ending();
        if (ending == null) {
            next.completion = settle.completion();
            next.ending = null;
        } else {
            // The link of an ending does not replace the link of an answer.
            next.ending = next.completion == null ? ending : ending.link(null);
        }
        next.paidAttempts -= settle.state() == RunState.REJECTED ? 1 : 0;
        settle(next, settle.state(), settle.handedOn(), now);
    }

    /**
     * An unknown run keeps its reservation and its staged image: both may yet be given back. It keeps its marks, too: the
     * same attempt may become unknown twice, and is handed on once.
     */
    private static void settle(RunRow.Draft next, RunState state, boolean handedOn, Instant now) {
        next.paidAttempts += next.state == RunState.CLAIMED ? 1 : 0;
        next.state = state;
        next.settledAt = now;
        if (state != RunState.UNKNOWN) {
            next.reserved = null;
            next.staged.clear();
            next.marks = next.marks.handed(handedOn ? now : null);
        }
    }

    /**
     * The run as its last claim found it. Its attempt number is used up, so that no late statement of that attempt
     * matches it. The service can be asked for the earlier attempt again, but the name of its task is gone once a later
     * attempt was sent.
     */
    private static Change undone(RunRow row) {
        Before before = row.before();
        if (before == null) {
            return new Change(null, row.reserved());
        }
        var next = new RunRow.Draft(row);
        boolean sent = next.state != RunState.CLAIMED;
        next.paidAttempts -= sent ? 1 : 0;
        next.taskId = sent ? null : next.taskId;
        next.lookupId = row.nameBefore();
        next.sentAt = before.sentAt() == null ? next.sentAt : before.sentAt();
        next.ending = MarkRules.hasEndingOfTheUndone(row) ? MarkRules.EARLIER : next.ending;
        next.attempt++;
        next.state = before.state();
        if (next.state != RunState.UNKNOWN) {
            // Its ending was handed on when it was settled, though the attempt has cleared the mark.
            next.marks = next.marks.handed(next.settledAt);
        }
        next.reserved = null;
        return new Change(next.row(), row.reserved());
    }

    /**
     * Whether the row is already as the command would make it. The session asks this after the answer to a command was
     * lost. A later attempt, or a claim that was undone, has superseded {@code Unsent}, {@code Task} and a rejection.
     */
    static boolean isDone(RunRow row, Command command) {
        Run run = row.run();
        RunState state = run.state();
        if (command instanceof Command.Settle settle) {
            boolean same = run.attempt() == settle.attempt() && state == settle.state();
            if (settle.state() == RunState.REJECTED) {
                return same || run.attempt() > settle.attempt();
            }
            return same
                    && (state == RunState.FAILED
                            || (state == RunState.COMPLETED
                                    && hasVideo(run, settle.videoUrl())
                                    && (!settle.handedOn() || row.marks().handedAt() != null)));
        } else if (command instanceof Command.Sent sent) {
            return state == RunState.SENT && run.attempt() == sent.attempt();
        } else if (command instanceof Command.Task task) {
            boolean over = !MAY_BE_PAID.contains(state) || task.taskId().equals(run.taskId());
            return run.attempt() > task.attempt() || (run.attempt() == task.attempt() && over);
        } else if (command instanceof Command.Noted noted) {
            return run.attempt() == noted.attempt() && MarkRules.isNoted(row);
        } else if (command instanceof Command.Unsent unsent) {
            return run.attempt() > unsent.attempt() || (run.attempt() == unsent.attempt() && state == RunState.CLAIMED);
        } else if (command instanceof Command.Adopt adopt) {
            return state == RunState.COMPLETED && hasVideo(run, adopt.videoUrl());
        }
        return (command == Command.Plain.RELEASE && !row.isOpen())
                || (command == Command.Plain.FORGET && state == RunState.FORGOTTEN);
    }

    private static boolean hasVideo(Run run, @Nullable String videoUrl) {
        Completion found = run.completion();
        return found != null && found.videoUrl().equals(videoUrl);
    }
}
