package io.github.camelhh1.ledger;

import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Does what another session does, unless {@link #around} has something else in mind. */
public abstract class DelegatingSession implements LedgerSession {
    protected final LedgerSession session;

    protected DelegatingSession(LedgerSession session) {
        this.session = session;
    }

    /** {@code method} is the name of the method that was called. */
    protected abstract <T> T around(String method, Supplier<T> call);

    @Override
    public String owner() {
        return session.owner();
    }

    @Override
    public Claiming claim(NewRun run, int maxPaidAttempts) {
        return around("claim", () -> session.claim(run, maxPaidAttempts));
    }

    @Override
    public Optional<Attempt> sent(Claim claim, String staged, String lookupId) {
        return around("sent", () -> session.sent(claim, staged, lookupId));
    }

    @Override
    public boolean task(Attempt attempt, String taskId) {
        return around("task", () -> session.task(attempt, taskId));
    }

    @Override
    public boolean noted(Attempt attempt, Ending soFar) {
        return around("noted", () -> session.noted(attempt, soFar));
    }

    @Override
    public List<Run> lookUp(LookupPlace place, Duration within, int most, Function<Duration, Duration> pauses) {
        return around("lookUp", () -> session.lookUp(place, within, most, pauses));
    }

    @Override
    public boolean found(Run run, Completion completion, boolean handedOn) {
        return around("found", () -> session.found(run, completion, handedOn));
    }

    @Override
    public boolean found(Run run, RunState state, Ending ending) {
        return around("found", () -> session.found(run, state, ending));
    }

    @Override
    public List<Run> toResume(String account, int most) {
        return around("toResume", () -> session.toResume(account, most));
    }

    @Override
    public Optional<Attempt> resume(String runId, String taskId) {
        return around("resume", () -> session.resume(runId, taskId));
    }

    @Override
    public boolean unsent(Attempt attempt) {
        return around("unsent", () -> session.unsent(attempt));
    }

    @Override
    public Settled complete(Attempt attempt, Completion completion, boolean handedOn) {
        return around("complete", () -> session.complete(attempt, completion, handedOn));
    }

    @Override
    public Settled reject(Attempt attempt, Ending ending) {
        return around("reject", () -> session.reject(attempt, ending));
    }

    @Override
    public Settled failed(Attempt attempt, Ending ending) {
        return around("failed", () -> session.failed(attempt, ending));
    }

    @Override
    public Settled unknown(Attempt attempt, Ending ending) {
        return around("unknown", () -> session.unknown(attempt, ending));
    }

    @Override
    public boolean release(Claim claim) {
        return around("release", () -> session.release(claim));
    }

    @Override
    public boolean abandon(Claim claim, Ending ending) {
        return around("abandon", () -> session.abandon(claim, ending));
    }

    @Override
    public Reserving reserve(Claim claim, Amount amount, Caps caps) {
        return around("reserve", () -> session.reserve(claim, amount, caps));
    }

    @Override
    public LocalDate today() {
        return around("today", session::today);
    }

    @Override
    public Amount.Spending spending(String account, LocalDate day) {
        return around("spending", () -> session.spending(account, day));
    }

    @Override
    public Optional<Run> find(String runId) {
        return around("find", () -> session.find(runId));
    }

    @Override
    public List<Run> list(Run.Filter filter, int limit, int offset) {
        return around("list", () -> session.list(filter, limit, offset));
    }

    @Override
    public long count(Run.Filter filter) {
        return around("count", () -> session.count(filter));
    }

    @Override
    public boolean adopt(String runId, String videoUrl) {
        return around("adopt", () -> session.adopt(runId, videoUrl));
    }

    @Override
    public boolean forget(String runId, RunState only) {
        return around("forget", () -> session.forget(runId, only));
    }

    @Override
    public List<Emission> emit(Emission.Filter filter, int most) {
        return around("emit", () -> session.emit(filter, most));
    }

    @Override
    public boolean ended(Emission emission, Duration again) {
        return around("ended", () -> session.ended(emission, again));
    }

    @Override
    public int prune(Duration olderThan, int most) {
        return around("prune", () -> session.prune(olderThan, most));
    }

    @Override
    public void renew() {
        around("renew", () -> {
            session.renew();
            return true;
        });
    }

    @Override
    public List<Run> recover() {
        return around("recover", session::recover);
    }

    @Override
    public Duration lease() {
        return session.lease();
    }

    @Override
    public void close() {
        session.close();
    }
}
