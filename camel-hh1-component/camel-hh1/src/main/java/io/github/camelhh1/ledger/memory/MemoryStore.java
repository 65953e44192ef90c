package io.github.camelhh1.ledger.memory;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Caps;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.LateResult;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Reserving;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.Command;
import io.github.camelhh1.ledger.fence.Expected;
import io.github.camelhh1.ledger.fence.Late;
import io.github.camelhh1.ledger.fence.Reservation;
import io.github.camelhh1.ledger.fence.RunRow;
import io.github.camelhh1.ledger.fence.RunStore;
import io.github.camelhh1.ledger.fence.RunTransitions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs in maps; guarded by this object. */
final class MemoryStore implements RunStore {
    private record Day(String account, LocalDate date) {}

    private final MemoryLeases leases;
    private final InstantSource clock;
    private final int mostSettled;
    private final Map<String, RunRow> rows = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> settled = new LinkedHashSet<>();
    private final Map<Day, Amount> days = new HashMap<>();
    private final Map<String, Map<Late, LateResult>> late = new HashMap<>();

    MemoryStore(MemoryLeases leases, InstantSource clock, int mostSettled) {
        this.leases = leases;
        this.clock = clock;
        this.mostSettled = mostSettled;
    }

    private Instant now() {
        return clock.instant();
    }

    @Override
    public synchronized Optional<RunRow> find(String runId) {
        return Optional.ofNullable(rows.get(runId));
    }

    @Override
    public synchronized boolean insert(NewRun run, Claim claim) {
        if (rows.containsKey(run.runId())) {
            return false;
        }
        put(RunTransitions.inserted(run, claim, now()));
        return true;
    }

    @Override
    public synchronized boolean change(Expected expected, Command command) {
        RunRow row = rows.get(expected.runId());
        if (row == null || !expected.fits(row)) {
            return false;
        } else if (command instanceof Command.Sent
                && leases.isBuried(expected.claim().owner())) {
            return false;
        }
        return change(row, command);
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
            open.add(id);
        } else if (row.run().state() != RunState.UNKNOWN) {
            settled.add(id);
            forgetEldest();
        }
    }

    private void forgetEldest() {
        if (settled.size() > mostSettled) {
            delete(settled.iterator().next());
        }
    }

    private void delete(String id) {
        rows.remove(id);
        open.remove(id);
        settled.remove(id);
    }

    void spend(String account, LocalDate date, Amount amount) {
        days.merge(new Day(account, date), amount, Amount::plus);
    }

    @Override
    public synchronized Reserving reserve(Expected expected, Amount amount, Caps caps) {
        RunRow row = rows.get(expected.runId());
        if (row == null || !expected.fits(row) || row.run().state() != RunState.CLAIMED) {
            return new Reserving.Gone();
        }
        String account = row.run().asked().account();
        LocalDate day = today();
        Amount spent = spent(account, day);
        Reservation earlier = row.reserved();
        Amount others = earlier != null && earlier.day().equals(day)
                ? spent.plus(earlier.amount().negate())
                : spent;
        if (!caps.allow(others.plus(amount))) {
            return new Reserving.Refused(day, others);
        }
        spend(account, day, amount);
        change(row, new Command.Reserve(new Reservation(day, amount)));
        return new Reserving.Reserved(day);
    }

    @Override
    public synchronized List<Claim> openOf(String owner) {
        return open.stream()
                .map(rows::get)
                .filter(Objects::nonNull)
                .map(RunRow::claim)
                .filter(claim -> claim.owner().equals(owner))
                .toList();
    }

    @Override
    public synchronized List<RunRow> openOfTheDead() {
        return open.stream()
                .map(rows::get)
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
                    && change(Expected.of(row), sent ? new Command.Abandon() : new Command.Release())) {
                Optional.ofNullable(rows.get(row.run().runId()))
                        .map(RunRow::run)
                        .filter(run -> run.state() == RunState.UNKNOWN)
                        .ifPresent(unknown::add);
            }
        }
        return unknown;
    }

    @Override
    public synchronized void late(Late result) {
        var key = new Late(result.attempt(), result.state(), null, null);
        late.computeIfAbsent(result.attempt().runId(), id -> new LinkedHashMap<>())
                .putIfAbsent(
                        key,
                        new LateResult(
                                now(), result.attempt().number(), result.state(), result.videoUrl(), result.ending()));
    }

    @Override
    public synchronized Map<String, List<LateResult>> lateOf(List<String> runIds) {
        Map<String, List<LateResult>> found = new HashMap<>();
        for (String id : runIds) {
            if (late.containsKey(id)) {
                found.put(id, List.copyOf(late.get(id).values()));
            }
        }
        return found;
    }

    @Override
    public synchronized List<Run> runs(@Nullable RunState state, int limit, int offset) {
        var all = new ArrayList<>(rows.values());
        Collections.reverse(all);
        return all.stream()
                .map(RunRow::run)
                .filter(run -> state == null || run.state() == state)
                .skip(offset)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Amount spent(String account, LocalDate day) {
        return days.getOrDefault(new Day(account, day), Amount.NONE);
    }

    @Override
    public LocalDate today() {
        return LocalDate.ofInstant(now(), ZoneOffset.UTC);
    }

    @Override
    public void close() {
        // It belongs to all sessions of the ledger, and goes with it.
    }
}
