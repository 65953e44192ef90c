package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.LookupPlace;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.Run.LateResult;
import io.github.camelhh1.ledger.fence.LiveClaims.Live;
import io.github.camelhh1.ledger.fence.ModelDatabase.Statement;
import io.github.camelhh1.ledger.fence.RunRow.Expected;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a call of the real {@link FencedSession} up to its next statement. The call is begun anew each time and is given
 * the answers that it had before; where it asks for one more, it is suspended. What the session remembers is taken out
 * then and put in at each answer, so that calls of one session which are under way together see each other's changes.
 */
final class ModelSession implements RunStore, Owners {
    /** The answer of a statement that was given up: it may take effect yet. */
    static final LedgerException LOST = new LedgerException("lost", null);

    private static final Field CLAIMS = field("claims");
    private static final Field NUMBERS = field("numbers");
    private static final Suspended SUSPENDED = new Suspended();
    private static final int MOST_ATTEMPTS = 9;

    /** The memory of a session. */
    record Memory(String owner, long numbers, List<Known> live, Map<Claim, Integer> inDoubt) {}

    /** As {@link Live}. */
    record Known(Claim claim, long version, int allotted, int acknowledged, boolean doubtful) {}

    /** An answer, and what the session remembered when it came. */
    record Answered(Object answer, Memory memory) {}

    /** Where a call stands: before its next statement, or at its end. {@link #LOST} is a result too. */
    record Progress(@Nullable Statement next, @Nullable Object result, Memory memory) {}

    private static final class Suspended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Suspended() {
            super(null, null, false, false);
        }
    }

    private final FencedSession session = new FencedSession(this, this);
    private final LiveClaims claims;
    private final AtomicLong numbers;
    private final List<Answered> answers;
    private final Set<Claim> seen = new HashSet<>();
    private String owner;
    private int position;
    private @Nullable Progress suspended;

    private ModelSession(Memory begin, List<Answered> answers) {
        this.answers = answers;
        this.owner = begin.owner();
        try {
            claims = (LiveClaims) CLAIMS.get(session);
            numbers = (AtomicLong) NUMBERS.get(session);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        remember(begin);
    }

    private static Field field(String name) {
        try {
            Field field = FencedSession.class.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    static Memory fresh(String owner) {
        return new Memory(owner, 0, List.of(), Map.of());
    }

    static Progress run(Function<LedgerSession, Object> call, Memory begin, List<Answered> answers) {
        var run = new ModelSession(begin, answers);
        try {
            Object result = call.apply(run.session);
            return new Progress(null, result, run.memory());
        } catch (Suspended e) {
            return run.suspended;
        } catch (LedgerException e) {
            if (e != LOST) {
                throw e;
            }
            return new Progress(null, LOST, run.memory());
        }
    }

    private <T> T ask(Statement statement, Class<T> type) {
        if (position == answers.size()) {
            suspended = new Progress(statement, null, memory());
            throw SUSPENDED;
        }
        Answered answered = answers.get(position++);
        remember(answered.memory());
        if (answered.answer() == LOST) {
            throw LOST;
        }
        return type.cast(answered.answer());
    }

    /** Objects of claims stay the same, for the call may hold one. */
    private void remember(Memory memory) {
        owner = memory.owner();
        numbers.set(memory.numbers());
        for (Known known : memory.live()) {
            Live at = claims.find(known.claim());
            if (at == null) {
                at = claims.begin(known.claim());
            }
            at.claimed(known.version(), known.allotted());
            at.acknowledged = known.acknowledged();
            at.doubtful = known.doubtful();
            seen.add(known.claim());
        }
        for (Claim claim : claims.now()) {
            if (memory.live().stream().noneMatch(known -> known.claim().equals(claim))) {
                claims.find(claim).doubtful = false;
                claims.end(claim);
            }
        }
        memory.inDoubt().forEach((claim, acknowledged) -> {
            if (!claims.neverLeft(claim, MOST_ATTEMPTS)) {
                Live ended = claims.begin(claim);
                ended.acknowledged = acknowledged;
                ended.doubtful = true;
                claims.end(claim);
            }
        });
        seen.addAll(memory.inDoubt().keySet());
    }

    /** Uses numbers of attempts up: the session is thrown away. */
    private Memory memory() {
        Set<Claim> now = claims.now();
        seen.addAll(now);
        List<Known> live = new ArrayList<>();
        for (Claim claim : now) {
            Live at = claims.find(claim);
            live.add(new Known(claim, at.version, at.allot() - 1, at.acknowledged, at.doubtful));
        }
        if (live.size() > 1) {
            live.sort(Comparator.comparingLong(known -> known.claim().number()));
        }
        Map<Claim, Integer> inDoubt = new HashMap<>();
        for (Claim claim : seen) {
            for (int attempt = 1; attempt <= MOST_ATTEMPTS && claims.neverLeft(claim, MOST_ATTEMPTS); attempt++) {
                if (claims.neverLeft(claim, attempt)) {
                    inDoubt.put(claim, attempt - 1);
                    break;
                }
            }
        }
        return new Memory(owner, numbers.get(), live, inDoubt);
    }

    @Override
    @SuppressWarnings("unchecked")
    public RunRow find(String runId) {
        Optional<RunRow> found = ask(new ModelDatabase.Find(), Optional.class);
        return found.orElse(null);
    }

    @Override
    public boolean insert(NewRun run, Claim claim) {
        return ask(new ModelDatabase.Insert(claim), Boolean.class);
    }

    @Override
    public boolean change(Expected expected, Command command) {
        return ask(new ModelDatabase.Change(expected, command), Boolean.class);
    }

    @Override
    public Reserving reserve(Expected expected, Amount amount, Caps caps) {
        return ask(new ModelDatabase.Reserve(expected), Reserving.class);
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<Claim> openOf(String openOwner) {
        return ask(new ModelDatabase.OpenOf(openOwner), List.class);
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<RunRow> openOfTheDead() {
        return ask(new ModelDatabase.OpenOfTheDead(), List.class);
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<Run> freeOfTheDead(List<RunRow> rows) {
        return ask(new ModelDatabase.FreeOfTheDead(List.copyOf(rows)), List.class);
    }

    @Override
    public void late(Claim claim, Command.Settle settlement) {
        ask(new ModelDatabase.KeepLate(claim, settlement), Boolean.class);
    }

    @Override
    public String session() {
        return Claim.sessionOf(owner);
    }

    @Override
    public String owner() {
        return owner;
    }

    /** A burial is a move of its own: the lease of any owner may have run out at any time. */
    @Override
    public void bury() {}

    @Override
    public Map<String, List<LateResult>> lateOf(List<String> runIds) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RunRow> emittedBy(String emitOwner) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Run> toResume(String account, int most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RunRow> toLookUp(LookupPlace place, Duration within, int most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RunRow> toEmit(Emission.Filter filter, int most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int prune(Duration olderThan, int most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Run> list(Run.Filter filter, int limit, int offset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long count(Run.Filter filter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Amount.Spending spending(String account, LocalDate day) {
        throw new UnsupportedOperationException();
    }

    /** No task is so old that the service has forgotten it. */
    @Override
    public Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public Duration lease() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void renew() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
