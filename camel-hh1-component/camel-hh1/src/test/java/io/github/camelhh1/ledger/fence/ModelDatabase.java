package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.RunRow.Expected;
import io.github.camelhh1.ledger.fence.RunRow.Reservation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The database of the model check: the row of one run, changed by {@link RunTransitions} as {@code MemoryStore} does it,
 * the owners that are buried, and the budget as one counter. A value; a statement gives the next one.
 *
 * @param counted reservations that are made and not given back
 * @param forgotten the claims that had the row when an operator forgot the run
 * @param kept links that are in {@code hh1_late}, or that an operator has put away
 */
record ModelDatabase(@Nullable RunRow row, Set<String> buried, int counted, Set<Claim> forgotten, Set<String> kept) {
    static final NewRun ASKED = new NewRun("run", "account", "model", "key", "fingerprint", "v.mp4", 5, null, null);
    static final Reservation RESERVATION = new Reservation(LocalDate.EPOCH, new Amount(5, Amount.NONE.cost()));
    private static final Instant NOW = Instant.EPOCH;

    /** The statements of a session to its {@link RunStore}. */
    sealed interface Statement {
        /** Of which nothing can take effect late. */
        default boolean reads() {
            return this instanceof Find || this instanceof OpenOf || this instanceof OpenOfTheDead;
        }
    }

    record Find() implements Statement {}

    record Insert(Claim claim) implements Statement {
        @Override
        public String toString() {
            return "insert " + said(claim);
        }
    }

    record Change(Expected expected, Command command) implements Statement {
        @Override
        public String toString() {
            return name(command)
                    + (attempt(command) == 0 ? "" : " " + attempt(command))
                    + (command instanceof Command.Settle settle && settle.fromClaimed() ? " from CLAIMED" : "")
                    + (begun(this) == null ? "" : " for " + said(begun(this)))
                    + said(expected);
        }
    }

    record Reserve(Expected expected) implements Statement {
        @Override
        public String toString() {
            return "reserve" + said(expected);
        }
    }

    record OpenOf(String owner) implements Statement {}

    record OpenOfTheDead() implements Statement {}

    record FreeOfTheDead(List<RunRow> seen) implements Statement {
        @Override
        public String toString() {
            return "free of the dead" + said(seen.get(0).expected()) + " seen "
                    + seen.get(0).run().state();
        }
    }

    record KeepLate(Claim claim, Command.Settle settlement) implements Statement {
        @Override
        public String toString() {
            return "into hh1_late: " + settlement.state() + " of " + said(claim);
        }
    }

    static String name(Command command) {
        if (command instanceof Command.Settle settle) {
            return settle.state().name();
        }
        return command instanceof Enum<?> plain
                ? plain.name()
                : command.getClass().getSimpleName();
    }

    /** The attempt that the command names; 0 when it names none. */
    static int attempt(Command command) {
        if (command instanceof Command.Sent sent) {
            return sent.attempt();
        } else if (command instanceof Command.Unsent unsent) {
            return unsent.attempt();
        } else if (command instanceof Command.Task task) {
            return task.attempt();
        }
        return command instanceof Command.Settle settle ? settle.attempt() : 0;
    }

    private static String said(Claim claim) {
        return claim.owner() + "#" + claim.number();
    }

    private static String said(Expected expected) {
        return " where " + said(expected.claim()) + " v" + expected.version();
    }

    /** The row that the statement is meant for; null when it may be any. */
    static @Nullable Expected expected(Statement statement) {
        if (statement instanceof Change change) {
            return change.expected();
        } else if (statement instanceof Reserve reserve) {
            return reserve.expected();
        } else if (statement instanceof FreeOfTheDead free) {
            return free.seen().get(0).expected();
        }
        return null;
    }

    /** The claim to which the statement gives the row, or null. */
    static @Nullable Claim begun(Statement statement) {
        if (statement instanceof Insert insert) {
            return insert.claim();
        }
        Command command = statement instanceof Change change ? change.command() : null;
        if (command instanceof Command.Resume resume) {
            return resume.claim();
        }
        return command instanceof Command.ClaimAgain again ? again.claim() : null;
    }

    /** The state after a statement, and its answer. */
    record Effect(ModelDatabase database, Object answer) {}

    /** A rule of the fence that is left out, so that the search must find what the rule is for. */
    enum Weakness {
        NONE,
        /** A change fits a row of its claim, whatever the version. */
        VERSION_IGNORED,
        /** A settlement is of whatever attempt the row names. */
        ATTEMPT_IGNORED,
        /** Both, as it was before the fence: a late "not sent" overtakes the next attempt. */
        VERSION_AND_ATTEMPT_IGNORED,
        /** A row of another owner counts as a dead owner's. */
        BURIAL_IGNORED,
        /** A session does not look for rows of its own that nobody works on. */
        OWN_NOT_RECOVERED,
        /** {@code hh1_late} is not written. */
        LATE_NOT_KEPT,
        /** The name of a task is not written. */
        TASK_NOT_KEPT,
        /** A run is resumed whatever its claim and version. */
        RESUME_OF_ANY,
        /** A run with a task that nobody works on is released, as if nothing had been sent. */
        TASK_RELEASED;

        boolean ignoresVersion() {
            return this == VERSION_IGNORED || this == VERSION_AND_ATTEMPT_IGNORED;
        }

        /** Whether the statement fits whatever row there is. */
        boolean isOfAny(Statement statement) {
            return this == RESUME_OF_ANY
                    && statement instanceof Change change
                    && change.command() instanceof Command.Resume;
        }

        boolean ignoresAttempt() {
            return this == ATTEMPT_IGNORED || this == VERSION_AND_ATTEMPT_IGNORED;
        }
    }

    static ModelDatabase empty() {
        return new ModelDatabase(null, Set.of(), 0, Set.of(), Set.of());
    }

    ModelDatabase bury(String owner) {
        return new ModelDatabase(row, with(buried, owner), counted, forgotten, kept);
    }

    Effect after(Statement statement, Weakness weakness) {
        if (statement instanceof Find) {
            return new Effect(this, Optional.ofNullable(row));
        } else if (statement instanceof Insert insert) {
            return row != null ? unchanged(false) : put(RunRow.inserted(ASKED, insert.claim(), NOW), true);
        } else if (statement instanceof Change change) {
            return change(change, weakness);
        } else if (statement instanceof Reserve reserve) {
            return reserve(reserve.expected(), weakness);
        } else if (statement instanceof OpenOf open) {
            boolean found =
                    isOpen() && row.run().owner().equals(open.owner()) && weakness != Weakness.OWN_NOT_RECOVERED;
            return unchanged(found ? List.of(row.claim()) : List.of());
        } else if (statement instanceof OpenOfTheDead) {
            return unchanged(isOpen() && isOfTheDead(weakness) ? List.of(row) : List.of());
        } else if (statement instanceof FreeOfTheDead free) {
            return free(free.seen(), weakness);
        }
        Completion completion = ((KeepLate) statement).settlement().completion();
        return completion == null || weakness == Weakness.LATE_NOT_KEPT
                ? unchanged(true)
                : new Effect(withKept(completion.videoUrl()), true);
    }

    private Effect unchanged(Object answer) {
        return new Effect(this, answer);
    }

    private Effect put(@Nullable RunRow next, Object answer) {
        return new Effect(new ModelDatabase(next, buried, counted, forgotten, kept), answer);
    }

    private ModelDatabase withKept(String link) {
        return new ModelDatabase(row, buried, counted, forgotten, with(kept, link));
    }

    private boolean isOpen() {
        return row != null && row.isOpen();
    }

    private boolean isOfTheDead(Weakness weakness) {
        return weakness == Weakness.BURIAL_IGNORED || buried.contains(row.run().owner());
    }

    private boolean fits(Expected expected, Weakness weakness) {
        return row != null && (weakness.ignoresVersion() ? row.isOf(expected.claim()) : expected.fits(row));
    }

    private Effect change(Change change, Weakness weakness) {
        if (row == null || (!weakness.isOfAny(change) && !fits(change.expected(), weakness))) {
            return unchanged(false);
        } else if (change.command() instanceof Command.Sent
                && buried.contains(change.expected().claim().owner())) {
            return unchanged(false);
        } else if (change.command() instanceof Command.Resume resume
                && buried.contains(resume.claim().owner())) {
            return unchanged(false);
        }
        Command command = weakness.ignoresAttempt()
                ? ofAttempt(change.command(), row.run().attempt())
                : change.command();
        return command instanceof Command.Task && weakness == Weakness.TASK_NOT_KEPT
                ? unchanged(true)
                : changed(leaving(command, weakness), true).orElseGet(() -> unchanged(false));
    }

    private Command leaving(Command command, Weakness weakness) {
        boolean released = weakness == Weakness.TASK_RELEASED && row.run().taskId() != null;
        return released && command == Command.Plain.ABANDON ? Command.Plain.RELEASE : command;
    }

    /** Empty where the command does not apply to the row. */
    private Optional<Effect> changed(Command command, Object answer) {
        return RunTransitions.apply(row, command, NOW).map(change -> {
            boolean byHand = command == Command.Plain.FORGET || command instanceof Command.Adopt;
            Completion put = byHand ? row.run().completion() : null;
            return new Effect(
                    new ModelDatabase(
                            change.row(),
                            buried,
                            counted - (change.givenBack() == null ? 0 : 1),
                            command == Command.Plain.FORGET ? with(forgotten, row.claim()) : forgotten,
                            put == null ? kept : with(kept, put.videoUrl())),
                    answer);
        });
    }

    private Effect reserve(Expected expected, Weakness weakness) {
        if (!fits(expected, weakness) || row.run().state() != RunState.CLAIMED) {
            return unchanged(new Reserving.Gone());
        }
        return new ModelDatabase(row, buried, counted + 1, forgotten, kept)
                .changed(new Command.Reserve(RESERVATION), new Reserving.Reserved(RESERVATION.day()))
                .orElseThrow();
    }

    private Effect free(List<RunRow> seen, Weakness weakness) {
        RunRow was = seen.get(0);
        if (row == null || !was.isOpen() || !fits(was.expected(), weakness) || !isOfTheDead(weakness)) {
            return unchanged(List.of());
        }
        Command command = was.run().state() == RunState.SENT ? Command.Plain.ABANDON : Command.Plain.RELEASE;
        return changed(leaving(command, weakness), List.of()).orElseGet(() -> unchanged(List.of()));
    }

    private static Command ofAttempt(Command command, int attempt) {
        if (command instanceof Command.Unsent) {
            return new Command.Unsent(attempt);
        } else if (command instanceof Command.Task task) {
            return new Command.Task(attempt, task.taskId());
        } else if (command instanceof Command.Settle settle) {
            return new Command.Settle(
                    attempt,
                    settle.state(),
                    settle.completion(),
                    settle.ending(),
                    settle.handedOn(),
                    settle.fromClaimed());
        }
        return command;
    }

    private static <T> Set<T> with(Set<T> all, T one) {
        var more = new HashSet<>(all);
        more.add(one);
        return Set.copyOf(more);
    }

    @Override
    public String toString() {
        if (row == null) {
            return "no row, counted " + counted;
        }
        Run run = row.run();
        return run.state() + " " + said(row.claim()) + " v" + row.version() + " attempt " + run.attempt()
                + (run.taskId() == null ? "" : " " + run.taskId())
                + (row.reserved() == null ? "" : " reserved") + ", counted " + counted
                + (buried.contains(run.owner()) ? ", owner buried" : "");
    }
}
