package io.github.camelhh1.ledger.memory;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Amount.Spending;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.LookupPlace;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.Run.LateResult;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.Command;
import io.github.camelhh1.ledger.fence.MarkRules;
import io.github.camelhh1.ledger.fence.RunRow;
import io.github.camelhh1.ledger.fence.RunRow.Expected;
import io.github.camelhh1.ledger.fence.RunRow.Reservation;
import io.github.camelhh1.ledger.fence.RunStore;
import io.github.camelhh1.ledger.fence.RunTransitions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs in maps; guarded by this object. */
final class MemoryStore implements RunStore {
    private final MemoryLeases leases;
    private final InstantSource clock;
    private final int mostSettled;
    private final Map<String, RunRow> rows = new LinkedHashMap<>();
    private final Map<String, RunRow> open = new LinkedHashMap<>();
    private final Set<String> settled = new LinkedHashSet<>();
    private final Map<String, Map<LocalDate, Amount>> spent = new HashMap<>();
    /** By run, then by a key that is the same each time that the settlement is written. */
    private final Map<String, Map<Object, LateResult>> late = new HashMap<>();

    MemoryStore(MemoryLeases leases, InstantSource clock, int mostSettled) {
        this.leases = leases;
        this.clock = clock;
        this.mostSettled = mostSettled;
    }

    @Override
    public synchronized @Nullable RunRow find(String runId) {
        return rows.get(runId);
    }

    @Override
    public synchronized boolean insert(NewRun run, Claim claim) {
        if (rows.containsKey(run.runId())) {
            return false;
        }
        put(RunRow.inserted(run, claim, now()));
        return true;
    }

    @Override
    public synchronized boolean change(Expected expected, Command command) {
        RunRow row = rows.get(expected.runId());
        return row != null && expected.fits(row) && mayChange(row, command) && change(row, command);
    }

    private boolean mayChange(RunRow row, Command command) {
        if (command instanceof Command.Sent) {
            return !leases.isBuried(row.run().owner());
        } else if (command instanceof Command.Resume resume) {
            return !leases.isBuried(resume.claim().owner());
        } else if (command instanceof Command.Emit emit) {
            return !leases.isBuried(emit.owner());
        }
        return command != Command.Mark.REPLAY || nobodyEmits(row);
    }

    private boolean nobodyEmits(RunRow row) {
        String owner = row.marks().emitOwner();
        return owner == null || leases.isBuried(owner);
    }

    private boolean change(RunRow row, Command command) {
        RunTransitions.Change change = RunTransitions.apply(row, command, now()).orElse(null);
        if (change == null) {
            return false;
        }
        Reservation back = change.givenBack();
        if (back != null) {
            spend(row.run().asked().account(), back.day(), back.amount().negate());
        }
        RunRow next = change.row();
        if (next == null) {
            delete(row.run().runId());
        } else {
            put(next);
        }
        return true;
    }

    void put(RunRow row) {
        String id = row.run().runId();
        rows.put(id, row);
        open.remove(id);
        settled.remove(id);
        if (row.isOpen()) {
            open.put(id, row);
        } else if (row.run().state() != RunState.UNKNOWN && row.marks().handedAt() != null) {
            settled.add(id);
            if (settled.size() > mostSettled) {
                delete(settled.iterator().next());
            }
        }
    }

    private void delete(String id) {
        rows.remove(id);
        open.remove(id);
        settled.remove(id);
    }

    void spend(String account, LocalDate date, Amount amount) {
        spent.computeIfAbsent(account, name -> new HashMap<>()).merge(date, amount, Amount::plus);
    }

    @Override
    public synchronized Reserving reserve(Expected expected, Amount amount, Caps caps) {
        RunRow row = rows.get(expected.runId());
        if (row == null || !expected.fits(row) || row.run().state() != RunState.CLAIMED) {
            return new Reserving.Gone();
        }
        String account = row.run().asked().account();
        LocalDate day = LocalDate.ofInstant(now(), ZoneOffset.UTC);
        Amount others = counted(account, day);
        Reservation earlier = row.reserved();
        if (earlier != null && earlier.day().equals(day)) {
            others = others.plus(earlier.amount().negate());
        }
        if (!caps.allow(others.plus(amount))) {
            return new Reserving.Refused(day, others);
        }
        spend(account, day, amount);
        change(row, new Command.Reserve(new Reservation(day, amount)));
        return new Reserving.Reserved(day);
    }

    @Override
    public synchronized List<Claim> openOf(String owner) {
        return open.values().stream()
                .map(RunRow::claim)
                .filter(claim -> claim.owner().equals(owner))
                .toList();
    }

    @Override
    public synchronized List<RunRow> openOfTheDead() {
        return open.values().stream()
                .filter(row -> leases.isBuried(row.run().owner()))
                .toList();
    }

    @Override
    public synchronized List<Run> freeOfTheDead(List<RunRow> seen) {
        var unknown = new ArrayList<Run>();
        for (RunRow row : seen) {
            boolean sent = row.run().state() == RunState.SENT;
            if (row.isOpen()
                    && leases.isBuried(row.run().owner())
                    && change(row.expected(), sent ? Command.Plain.ABANDON : Command.Plain.RELEASE)) {
                RunRow now = rows.get(row.run().runId());
                if (now != null && now.run().state() == RunState.UNKNOWN) {
                    unknown.add(now.run());
                }
            }
        }
        return unknown;
    }

    @Override
    public synchronized void late(Claim claim, Command.Settle settle) {
        late.computeIfAbsent(claim.runId(), id -> new LinkedHashMap<>())
                .putIfAbsent(
                        List.of(claim, settle.attempt(), settle.state()),
                        new LateResult(now(), settle.attempt(), settle.state(), settle.videoUrl(), settle.ending()));
    }

    @Override
    public synchronized Map<String, List<LateResult>> lateOf(List<String> runIds) {
        Map<String, List<LateResult>> found = new HashMap<>();
        for (String id : runIds) {
            found.put(id, List.copyOf(late.getOrDefault(id, Map.of()).values()));
        }
        return found;
    }

    @Override
    public synchronized List<RunRow> toEmit(Emission.Filter filter, int most) {
        return rows(row -> MarkRules.isToEmit(row, filter, now()) && nobodyEmits(row))
                .sorted(Comparator.comparing(MarkRules::waitsSince)
                        .thenComparing(row -> row.run().runId()))
                .limit(most)
                .toList();
    }

    @Override
    public synchronized List<Run> toResume(String account, int most) {
        return rows(row -> MarkRules.isToResume(row, account, now()))
                .sorted(Comparator.comparing(MarkRules::settledAt))
                .map(RunRow::run)
                .limit(most)
                .toList();
    }

    @Override
    public synchronized List<RunRow> emittedBy(String owner) {
        return rows(row -> owner.equals(row.marks().emitOwner())).toList();
    }

    @Override
    public synchronized List<RunRow> toLookUp(LookupPlace place, Duration within, int most) {
        return rows(row -> MarkRules.isToLookUp(row, place, within, now()))
                .sorted(Comparator.comparing(MarkRules::dueSince))
                .limit(most)
                .toList();
    }

    @Override
    public synchronized int prune(Duration olderThan, int most) {
        Instant then = now().minus(olderThan);
        List<RunRow> old = settled.stream()
                .map(rows::get)
                .filter(Objects::nonNull)
                .filter(row -> MarkRules.isNotAfter(row.marks().handedAt(), then))
                .filter(row -> RunTransitions.applies(row, Command.Mark.PRUNE))
                .limit(most)
                .toList();
        old.forEach(row -> change(row, Command.Mark.PRUNE));
        return old.size();
    }

    @Override
    public List<Run> list(Run.Filter filter, int limit, int offset) {
        return newest().filter(filter::matches).skip(offset).limit(limit).toList();
    }

    @Override
    public long count(Run.Filter filter) {
        return newest().filter(filter::matches).count();
    }

    /** Other threads do not wait while this reads the runs. */
    private Stream<Run> newest() {
        List<RunRow> all;
        synchronized (this) {
            all = new ArrayList<>(rows.values());
        }
        Collections.reverse(all);
        return all.stream().map(RunRow::run);
    }

    @Override
    public synchronized Spending spending(String account, LocalDate day) {
        Amount reserved = rows(row -> row.run().asked().account().equals(account))
                .map(RunRow::reserved)
                .filter(Objects::nonNull)
                .filter(reservation -> reservation.day().equals(day))
                .map(Reservation::amount)
                .reduce(Amount.NONE, Amount::plus);
        return new Spending(account, day, counted(account, day).plus(reserved.negate()), reserved);
    }

    private Stream<RunRow> rows(Predicate<RunRow> filter) {
        return rows.values().stream().filter(filter);
    }

    private Amount counted(String account, LocalDate day) {
        return spent.getOrDefault(account, Map.of()).getOrDefault(day, Amount.NONE);
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        // The rows belong to all sessions of the ledger.
    }
}
