package io.github.camelhh1.ledger.memory;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.LookupPlace;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.Run.LateResult;
import io.github.camelhh1.ledger.fence.Command;
import io.github.camelhh1.ledger.fence.RunRow;
import io.github.camelhh1.ledger.fence.RunRow.Expected;
import io.github.camelhh1.ledger.fence.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** A store whose statements may take effect late; see {@link StatementFaults}. */
public class LateStore implements RunStore {
    private final RunStore store;
    private final StatementFaults statements;

    public LateStore(RunStore store, StatementFaults statements) {
        this.store = store;
        this.statements = statements;
    }

    @Override
    public RunRow find(String runId) {
        return statements.read("find", () -> store.find(runId));
    }

    @Override
    public boolean insert(NewRun run, Claim claim) {
        return statements.write("insert", () -> store.insert(run, claim));
    }

    private static String name(Command command) {
        if (command instanceof Command.Settle settle) {
            return settle.state().name();
        }
        return command instanceof Enum<?> plain
                ? plain.name()
                : command.getClass().getSimpleName();
    }

    @Override
    public boolean change(Expected expected, Command command) {
        return statements.write(name(command), () -> store.change(expected, command));
    }

    @Override
    public Reserving reserve(Expected expected, Amount amount, Caps caps) {
        return statements.write("reserve", () -> store.reserve(expected, amount, caps));
    }

    @Override
    public List<Claim> openOf(String owner) {
        return statements.read("openOf", () -> store.openOf(owner));
    }

    @Override
    public List<RunRow> openOfTheDead() {
        return statements.read("openOfTheDead", store::openOfTheDead);
    }

    @Override
    public List<Run> freeOfTheDead(List<RunRow> seen) {
        return statements.write("freeOfTheDead", () -> store.freeOfTheDead(seen));
    }

    @Override
    public void late(Claim claim, Command.Settle settlement) {
        statements.write("late", () -> {
            store.late(claim, settlement);
            return true;
        });
    }

    @Override
    public Map<String, List<LateResult>> lateOf(List<String> runIds) {
        return store.lateOf(runIds);
    }

    @Override
    public List<Run> toResume(String account, int most) {
        return statements.read("toResume", () -> store.toResume(account, most));
    }

    @Override
    public List<RunRow> toLookUp(LookupPlace place, Duration within, int most) {
        return statements.read("toLookUp", () -> store.toLookUp(place, within, most));
    }

    @Override
    public List<RunRow> toEmit(Emission.Filter filter, int most) {
        return statements.read("toEmit", () -> store.toEmit(filter, most));
    }

    @Override
    public List<RunRow> emittedBy(String owner) {
        return statements.read("emittedBy", () -> store.emittedBy(owner));
    }

    @Override
    public int prune(Duration olderThan, int most) {
        return statements.write("prune", () -> store.prune(olderThan, most));
    }

    @Override
    public List<Run> list(Run.Filter filter, int limit, int offset) {
        return statements.read("list", () -> store.list(filter, limit, offset));
    }

    @Override
    public long count(Run.Filter filter) {
        return statements.read("count", () -> store.count(filter));
    }

    @Override
    public Amount.Spending spending(String account, LocalDate day) {
        return statements.read("spending", () -> store.spending(account, day));
    }

    @Override
    public Instant now() {
        return statements.read("now", store::now);
    }

    @Override
    public void close() {
        store.close();
    }
}
