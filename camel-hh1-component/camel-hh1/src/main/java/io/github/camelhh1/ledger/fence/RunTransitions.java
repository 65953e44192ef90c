package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which a run changes: a row and a command give the next row and what the budget gets back, or nothing
 * where the command does not apply. Pure. The ledger in memory applies them as they stand; the statements of the ledger
 * in a database are compared with them, for every kind of row and command, in {@code StatementsTest}.
 *
 * <p>A store applies a command only to the row that it was meant for; see {@link Expected}.
 */
public final class RunTransitions {

    /**
     * The effect of a command.
     *
     * @param row null when the row is deleted
     * @param givenBack what the account's budget gets back; null when nothing
     */
    public record Change(@Nullable RunRow row, @Nullable Reservation givenBack) {}

    private static final List<RunState> MAY_BE_PAID = List.of(RunState.SENT, RunState.UNKNOWN);

    private RunTransitions() {}

    public static RunRow inserted(NewRun asked, Claim claim, Instant now) {
        var run = new Run(
                asked,
                RunState.CLAIMED,
                claim.owner(),
                claim.number(),
                0,
                0,
                "",
                now,
                null,
                null,
                null,
                null,
                List.of(),
                List.of());
        return new RunRow(run, 1, null, null);
    }

    /** Empty where the command does not apply to the row. */
    public static Optional<Change> apply(RunRow row, Command command, Instant now) {
        if (!applies(row, command)) {
            return Optional.empty();
        }
        if (command instanceof Command.Release) {
            return Optional.of(undone(row));
        } else if (command instanceof Command.Reject && row.before() == RunState.UNKNOWN) {
            return Optional.of(undone(row));
        }
        var next = new RunDraft(row);
        Reservation givenBack = changed(row, next, command, now);
        return Optional.of(new Change(next.row(), givenBack));
    }

    /** Whether the command may change the row. */
    public static boolean applies(RunRow row, Command command) {
        Run run = row.run();
        RunState state = run.state();
        if (command instanceof Command.ClaimAgain) {
            return !row.isOpen();
        } else if (command instanceof Command.Reserve) {
            return state == RunState.CLAIMED;
        } else if (command instanceof Command.Sent sent) {
            return row.isOpen() && run.attempt() < sent.attempt();
        } else if (command instanceof Command.Unsent unsent) {
            return run.attempt() == unsent.attempt() && MAY_BE_PAID.contains(state);
        } else if (command instanceof Command.Complete complete) {
            return settles(run, complete.attempt(), complete.fromClaimed());
        } else if (command instanceof Command.Reject reject) {
            return settles(run, reject.attempt(), false);
        } else if (command instanceof Command.Fail fail) {
            return settles(run, fail.attempt(), fail.fromClaimed());
        } else if (command instanceof Command.Unknown unknown) {
            return settles(run, unknown.attempt(), unknown.fromClaimed());
        } else if (command instanceof Command.Release) {
            return row.isOpen();
        } else if (command instanceof Command.Abandon) {
            return state == RunState.SENT;
        } else if (command instanceof Command.Adopt) {
            return state == RunState.UNKNOWN || state == RunState.COMPLETED;
        }
        return mayBeForgotten(state);
    }

    private static boolean settles(Run run, int attempt, boolean fromClaimed) {
        return run.attempt() == attempt
                && attempt > 0
                && (fromClaimed ? run.state() == RunState.CLAIMED : MAY_BE_PAID.contains(run.state()));
    }

    static boolean mayBeForgotten(RunState state) {
        return state == RunState.UNKNOWN || state == RunState.COMPLETED || state == RunState.FAILED;
    }

    /** What the budget gets back; null when nothing. */
    private static @Nullable Reservation changed(RunRow row, RunDraft next, Command command, Instant now) {
        if (command instanceof Command.ClaimAgain again) {
            claimAgain(row, next, again);
        } else if (command instanceof Command.Reserve reserve) {
            next.reserved = reserve.reservation();
            return row.reserved();
        } else if (command instanceof Command.Sent sent) {
            send(next, sent, now);
        } else if (command instanceof Command.Unsent) {
            next.state = RunState.CLAIMED;
            next.paidAttempts--;
        } else if (command instanceof Command.Complete complete) {
            next.completion = complete.completion();
            next.ending = null;
            settle(next, RunState.COMPLETED, now);
        } else if (command instanceof Command.Reject reject) {
            end(next, reject.ending());
            next.paidAttempts--;
            settle(next, RunState.REJECTED, now);
            return row.reserved();
        } else if (command instanceof Command.Fail fail) {
            end(next, fail.ending());
            settle(next, RunState.FAILED, now);
        } else if (command instanceof Command.Unknown unknown) {
            end(next, unknown.ending());
            settle(next, RunState.UNKNOWN, now);
        } else if (command instanceof Command.Abandon) {
            next.ending = Abandoned.ENDING;
            settle(next, RunState.UNKNOWN, now);
        } else if (command instanceof Command.Adopt adopt) {
            adopt(next, adopt, now);
        } else {
            next.completion = null;
            next.ending = next.ending == null ? null : next.ending.link(null);
            settle(next, RunState.FORGOTTEN, now);
        }
        return null;
    }

    /** An attempt whose outcome is unknown stays counted; what it had reserved is spent. */
    private static void claimAgain(RunRow row, RunDraft next, Command.ClaimAgain again) {
        Run run = row.run();
        if (run.state() == RunState.UNKNOWN) {
            next.causes = Causes.and(run.causes(), run.paidAttempts(), run.reason());
        } else {
            next.asked = again.request();
            next.staged.clear();
        }
        if (run.state() == RunState.FORGOTTEN) {
            next.paidAttempts = 0;
        }
        next.before = run.state();
        next.state = RunState.CLAIMED;
        next.claim = again.claim();
        next.reserved = null;
    }

    private static void send(RunDraft next, Command.Sent sent, Instant now) {
        if (next.state == RunState.CLAIMED) {
            next.paidAttempts++;
        }
        next.state = RunState.SENT;
        next.attempt = sent.attempt();
        next.sentAt = now;
        next.stage(sent.staged());
    }

    private static void adopt(RunDraft next, Command.Adopt adopt, Instant now) {
        Completion known = next.completion;
        next.completion = known == null
                ? Completion.adopted(adopt.videoUrl(), Duration.between(next.createdAt, now), next.ending)
                : known.at(adopt.videoUrl());
        next.ending = null;
        settle(next, RunState.COMPLETED, now);
    }

    /** An ending's link takes no answer's place. */
    private static void end(RunDraft next, Ending ending) {
        next.ending = next.completion == null ? ending : ending.link(null);
    }

    /** An unknown run keeps its reservation and its staged image: both may yet be given back. */
    private static void settle(RunDraft next, RunState state, Instant now) {
        if (next.state == RunState.CLAIMED) {
            next.paidAttempts++;
        }
        next.state = state;
        next.settledAt = now;
        if (state != RunState.UNKNOWN) {
            next.reserved = null;
            next.staged.clear();
        }
    }

    /**
     * The run as its last claim found it. Its attempt number is used up, so that nothing that comes late for that
     * attempt finds it.
     */
    private static Change undone(RunRow row) {
        if (row.before() == null) {
            return new Change(null, row.reserved());
        }
        var next = new RunDraft(row);
        if (row.run().state() != RunState.CLAIMED) {
            next.paidAttempts--;
        }
        next.attempt++;
        next.state = row.before();
        next.reserved = null;
        return new Change(next.row(), row.reserved());
    }

    /**
     * Whether the row says already what the command would make it say. A command whose answer was lost is looked up by
     * this. A later attempt, or a claim that was undone, has superseded {@code Unsent} and {@code Reject}.
     */
    static boolean isDone(RunRow row, Command command) {
        Run run = row.run();
        if (command instanceof Command.Sent sent) {
            return run.state() == RunState.SENT && run.attempt() == sent.attempt();
        } else if (command instanceof Command.Unsent unsent) {
            return run.attempt() > unsent.attempt()
                    || (run.attempt() == unsent.attempt() && run.state() == RunState.CLAIMED);
        } else if (command instanceof Command.Complete complete) {
            Completion found = run.completion();
            return run.state() == RunState.COMPLETED
                    && run.attempt() == complete.attempt()
                    && found != null
                    && found.videoUrl().equals(complete.completion().videoUrl());
        } else if (command instanceof Command.Reject reject) {
            return run.attempt() > reject.attempt()
                    || (run.attempt() == reject.attempt() && run.state() == RunState.REJECTED);
        } else if (command instanceof Command.Fail fail) {
            return run.attempt() == fail.attempt() && run.state() == RunState.FAILED;
        } else if (command instanceof Command.Release) {
            return !row.isOpen();
        } else if (command instanceof Command.Adopt adopt) {
            Completion found = run.completion();
            return run.state() == RunState.COMPLETED
                    && found != null
                    && found.videoUrl().equals(adopt.videoUrl());
        } else if (command instanceof Command.Forget) {
            return run.state() == RunState.FORGOTTEN;
        }
        return false;
    }
}
