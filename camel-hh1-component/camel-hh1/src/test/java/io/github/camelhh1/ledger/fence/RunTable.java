package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.RunRow.Before;
import io.github.camelhh1.ledger.fence.RunRow.Expected;
import io.github.camelhh1.ledger.fence.RunRow.Marks;
import io.github.camelhh1.ledger.fence.RunRow.Reservation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Every kind of row, and every command for it. */
public final class RunTable {
    public static final LocalDate DAY = LocalDate.of(2026, 1, 31);
    public static final String OWNER = "living";
    static final Reservation RESERVED = new Reservation(DAY, new Amount(5, new BigDecimal("0.70")));
    private static final Instant THEN = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant BEFORE = THEN.minusSeconds(60);
    private static final Ending SILENCE =
            new Ending("silence", new CallIds(504, "3007", "log-1", "ray-1"), "ftp://v.example/1.mp4?Signature=s");
    private static final Ending GIVEN_UP = Ending.of("it had not ended");
    private static final Ending REFUSED = new Ending("refused", new CallIds(402, null, null, "ray-2"), null);
    private static final Completion ANSWER = new Completion(
            "https://v.example/1.mp4?Signature=s",
            "Completed",
            "BYOK",
            Duration.ofSeconds(9),
            "log-2",
            null,
            "MISS",
            true);
    private static final int MOST_ATTEMPTS = 1;
    private static final List<Marks> MARKS = List.of(
            Marks.NONE,
            Marks.NONE.handed(THEN),
            Marks.NONE.emitted(OWNER, null),
            Marks.NONE.asked(THEN).emitted("dead", null).looked(THEN),
            Marks.NONE.emitted(null, THEN),
            Marks.NONE.looked(THEN),
            Marks.NONE.asked(THEN).handed(Instant.EPOCH));

    /**
     * A row and what is done to it.
     *
     * @param fits whether the command was meant for this version of the row
     */
    public record Pair(RunRow row, Command command, boolean fits) {
        public Expected expected() {
            return new Expected(row.claim(), fits ? row.version() : row.version() - 1);
        }

        @Override
        public String toString() {
            return command + (fits ? " on " : " of an older version on ") + row;
        }
    }

    private RunTable() {}

    /** Each in a run and with an account of its own, since all are done in one table. */
    public static List<Pair> pairs() {
        var pairs = new ArrayList<Pair>();
        int group = 0;
        for (RunState state : RunState.values()) {
            for (RunState before : new RunState[] {null, RunState.REJECTED, RunState.UNKNOWN, RunState.FORGOTTEN}) {
                for (int attempt = 0; attempt <= MOST_ATTEMPTS; attempt++) {
                    for (boolean reserved : new boolean[] {false, true}) {
                        Marks marks = MARKS.get(group++ % MARKS.size());
                        for (Command command : commands()) {
                            RunRow row = row(pairs.size(), state, before, attempt, reserved, marks);
                            pairs.add(new Pair(row, command, true));
                        }
                    }
                }
            }
            for (Command command : commands()) {
                pairs.add(new Pair(row(pairs.size(), state, null, 1, true, Marks.NONE), command, false));
            }
        }
        return pairs;
    }

    /** One of each state and owner. */
    public static List<RunRow> perhapsOfTheDead(int from) {
        var rows = new ArrayList<RunRow>();
        for (RunState state : RunState.values()) {
            for (RunState before : new RunState[] {null, RunState.UNKNOWN}) {
                for (String owner : new String[] {OWNER, "dead"}) {
                    Marks marks = before == null ? Marks.NONE : Marks.NONE.looked(THEN);
                    RunRow row = row(from + rows.size(), state, before, 1, true, marks);
                    var draft = new RunRow.Draft(row);
                    draft.claim = new Claim(row.run().runId(), owner, 7);
                    rows.add(draft.row());
                }
            }
        }
        return rows;
    }

    private static RunRow row(int number, RunState state, RunState before, int attempt, boolean reserved, Marks marks) {
        boolean odd = number % 2 == 1;
        boolean completed = state == RunState.COMPLETED;
        boolean ended = !completed && state != RunState.CLAIMED && state != RunState.SENT;
        String id = "run-" + number;
        var asked = new NewRun(
                id,
                account(id),
                "model",
                "key",
                "print",
                "a.mp4",
                odd ? 5 : null,
                odd ? new BigDecimal("0.70") : null,
                odd ? null : "old text",
                odd ? "group" : null);
        var run = new Run(
                asked,
                state,
                OWNER,
                7,
                attempt,
                attempt + (number / 2) % 2,
                odd ? "attempt 1: silence\n" : "",
                THEN,
                attempt > 0 ? THEN : null,
                completed || ended ? THEN : null,
                ended || before != null ? (completed ? null : number % 4 == 1 ? GIVEN_UP : SILENCE) : null,
                completed ? ANSWER : null,
                odd ? "task-1" : null,
                odd ? "name-1" : null,
                odd ? List.of("file:one.png") : List.of(),
                List.of());
        var found = before == null
                ? null
                : new Before(before, number % 4 == 1 ? "name-0" : odd ? "name-1" : null, odd ? BEFORE : null);
        return new RunRow(run, 5, found, reserved ? RESERVED : null, marks);
    }

    static String account(String runId) {
        return "account of " + runId;
    }

    static List<Command> commands() {
        var commands = new ArrayList<Command>();
        for (int attempt = 0; attempt <= MOST_ATTEMPTS + 1; attempt++) {
            commands.add(
                    new Command.Sent(attempt, attempt == 2 ? "file:two.png" : null, attempt == 2 ? "name-2" : null));
            commands.add(new Command.Unsent(attempt));
            commands.add(new Command.Task(attempt, "task-2"));
            commands.add(new Command.Look(attempt, Duration.ofSeconds(9)));
            commands.add(new Command.Noted(attempt, REFUSED));
            commands.add(Command.Settle.ended(attempt, RunState.REJECTED, REFUSED));
            for (boolean fromClaimed : new boolean[] {false, true}) {
                commands.add(new Command.Settle(attempt, RunState.COMPLETED, ANSWER, null, true, fromClaimed));
                commands.add(new Command.Settle(attempt, RunState.COMPLETED, ANSWER, null, false, fromClaimed));
                commands.add(new Command.Settle(attempt, RunState.FAILED, null, REFUSED, true, fromClaimed));
                commands.add(new Command.Settle(attempt, RunState.UNKNOWN, null, REFUSED, false, fromClaimed));
            }
        }
        commands.add(new Command.ClaimAgain(
                new NewRun("", "", "model", "key", "other", "b.mp4", 9, null, "new text", "new"),
                new Claim("", OWNER, 8)));
        commands.add(Command.Plain.RELEASE);
        commands.add(Command.Plain.ABANDON);
        commands.add(new Command.Adopt("https://v.example/found.mp4"));
        commands.add(Command.Plain.FORGET);
        commands.addAll(List.of(Command.Mark.values()));
        for (String owner : new String[] {OWNER, "dead"}) {
            commands.add(new Command.Resume(new Claim("", owner, 9)));
            commands.add(new Command.Emit(owner));
            for (RunState state : new RunState[] {RunState.COMPLETED, RunState.UNKNOWN}) {
                commands.add(new Command.Emitted(owner, state, 0, null));
                commands.add(new Command.Emitted(owner, state, 1, Duration.ofSeconds(9)));
            }
        }
        return commands;
    }

    /** Whether a store does it, whatever the rules say: a buried owner sends, resumes and hands on nothing, and a living one hands on alone. */
    public static boolean isAllowed(Pair pair) {
        if (pair.command() instanceof Command.Emit emit) {
            return emit.owner().equals(OWNER);
        } else if (pair.command() instanceof Command.Resume resume) {
            return resume.claim().owner().equals(OWNER);
        }
        return pair.command() != Command.Mark.REPLAY
                || !OWNER.equals(pair.row().marks().emitOwner());
    }

    /** The command, of the run that it is for. */
    public static Command of(Pair pair) {
        if (pair.command() instanceof Command.ClaimAgain again) {
            NewRun asked = pair.row().run().asked();
            NewRun request = again.request();
            return new Command.ClaimAgain(
                    new NewRun(
                            asked.runId(),
                            asked.account(),
                            request.model(),
                            request.key(),
                            request.fingerprint(),
                            request.videoFileName(),
                            request.seconds(),
                            request.cost(),
                            request.correlation(),
                            request.group()),
                    new Claim(asked.runId(), OWNER, 8));
        }
        if (pair.command() instanceof Command.Resume resume) {
            return new Command.Resume(
                    new Claim(pair.row().run().runId(), resume.claim().owner(), 9));
        }
        return pair.command();
    }
}
