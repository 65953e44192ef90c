package io.github.camelhh1.ledger.memory;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.Command;
import io.github.camelhh1.ledger.fence.RunRow;
import io.github.camelhh1.ledger.fence.RunRow.Expected;
import io.github.camelhh1.ledger.fence.RunStore;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A store with a {@link Defect}. */
final class DefectiveStore extends LateStore {
    private static final StatementFaults AT_ONCE = new StatementFaults() {
        @Override
        public <T> T write(String name, Supplier<T> effect) {
            return effect.get();
        }

        @Override
        public <T> T read(String name, Supplier<T> effect) {
            return effect.get();
        }
    };

    private final Defect defect;
    private final UnaryOperator<Supplier<Reserving>> byTheNodesClock;

    DefectiveStore(RunStore store, Defect defect, UnaryOperator<Supplier<Reserving>> byTheNodesClock) {
        super(store, AT_ONCE);
        this.defect = defect;
        this.byTheNodesClock = byTheNodesClock;
    }

    @Override
    public boolean change(Expected expected, Command command) {
        if (defect == Defect.NO_FENCE) {
            RunRow row = find(expected.runId());
            return row != null
                    && row.isOf(expected.claim())
                    && super.change(row.expected(), ofAnyAttempt(row, command));
        }
        if (defect == Defect.TASK_NOT_KEPT && command instanceof Command.Task) {
            return true;
        } else if (defect == Defect.TASK_RELEASED && command == Command.Plain.ABANDON) {
            RunRow row = find(expected.runId());
            boolean released = row != null && row.run().taskId() != null;
            return super.change(expected, released ? Command.Plain.RELEASE : command);
        }
        boolean silent = defect == Defect.SILENT_RELEASE && command == Command.Plain.RELEASE;
        return super.change(expected, command) || silent;
    }

    private static Command ofAnyAttempt(RunRow row, Command command) {
        int attempt = row.run().attempt();
        if (command instanceof Command.Sent sent) {
            return new Command.Sent(Math.max(sent.attempt(), attempt + 1), sent.staged(), sent.lookupId());
        } else if (command instanceof Command.Unsent) {
            return new Command.Unsent(attempt);
        } else if (command instanceof Command.Settle settle
                && (settle.state() == RunState.COMPLETED || settle.state() == RunState.UNKNOWN)) {
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

    @Override
    public Reserving reserve(Expected expected, Amount amount, Caps caps) {
        Supplier<Reserving> reserve = () -> super.reserve(expected, amount, caps);
        return (defect == Defect.DAY_OF_THE_NODE ? byTheNodesClock.apply(reserve) : reserve).get();
    }

    @Override
    public List<Claim> openOf(String owner) {
        boolean blind = defect == Defect.SILENT_RELEASE || defect == Defect.LATE_CLAIMS_FORGOTTEN;
        return blind ? List.of() : super.openOf(owner);
    }
}
