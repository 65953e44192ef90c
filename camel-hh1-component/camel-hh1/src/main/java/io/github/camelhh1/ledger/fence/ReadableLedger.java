package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Amount.Spending;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LookupPlace;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.Run.LateResult;
import io.github.camelhh1.ledger.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The part of a session that needs no owner: it reads the ledger, changes runs by hand, and shortens old ones. */
abstract class ReadableLedger implements LedgerSession {
    final RunStore store;
    private final ChangesByHand byHand;

    ReadableLedger(RunStore store) {
        this.store = store;
        this.byHand = new ChangesByHand(store);
    }

    @Override
    public Spending spending(String account, LocalDate day) {
        return store.spending(account, day);
    }

    @Override
    public LocalDate today() {
        return LocalDate.ofInstant(store.now(), ZoneOffset.UTC);
    }

    @Override
    public Optional<Run> find(String runId) {
        RunRow row = store.find(runId);
        return row == null
                ? Optional.empty()
                : Optional.of(withLate(List.of(row.run())).get(0));
    }

    private List<Run> withLate(List<Run> runs) {
        Map<String, List<LateResult>> late =
                store.lateOf(runs.stream().map(Run::runId).toList());
        return runs.stream()
                .map(run -> run.withLate(late.getOrDefault(run.runId(), List.of())))
                .toList();
    }

    @Override
    public List<Run> list(Run.Filter filter, int limit, int offset) {
        return withLate(store.list(filter, limit, offset));
    }

    @Override
    public long count(Run.Filter filter) {
        return store.count(filter);
    }

    @Override
    public List<Run> toResume(String account, int most) {
        return store.toResume(account, most);
    }

    @Override
    public int prune(Duration olderThan, int most) {
        return store.prune(olderThan, most);
    }

    @Override
    public List<Run> lookUp(LookupPlace place, Duration within, int most, Function<Duration, Duration> pauses) {
        var taken = new ArrayList<Run>();
        List<RunRow> due = store.toLookUp(place, within, most);
        Instant now = due.isEmpty() ? Instant.MIN : store.now();
        for (RunRow row : due) {
            Instant sent = Objects.requireNonNull(row.run().sentAt(), "not sent");
            Duration pause = pauses.apply(Duration.between(sent, now));
            if (store.change(row.expected(), new Command.Look(row.run().attempt(), pause))) {
                taken.add(row.run());
            }
        }
        return taken;
    }

    @Override
    public boolean adopt(String runId, String videoUrl) {
        return byHand.adopt(runId, videoUrl);
    }

    @Override
    public boolean forget(String runId, @Nullable RunState only) {
        return byHand.forget(runId, only);
    }

    @Override
    public boolean found(Run run, Completion completion, boolean handedOn) {
        return byHand.settle(run, Command.Settle.completed(run.attempt(), completion, handedOn));
    }

    @Override
    public boolean found(Run run, RunState state, Ending ending) {
        return byHand.settle(run, Command.Settle.ended(run.attempt(), state, ending));
    }
}
