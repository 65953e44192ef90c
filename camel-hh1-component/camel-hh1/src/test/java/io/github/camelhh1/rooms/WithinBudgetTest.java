package io.github.camelhh1.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Prices;
import io.github.camelhh1.generation.Prices.Budget;
import io.github.camelhh1.generation.ServiceHost;
import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.DelegatingSession;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import io.github.camelhh1.simulation.FragileSession;
import io.github.camelhh1.simulation.ReportLog;
import io.github.camelhh1.simulation.VirtualTimers;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WithinBudgetTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 31);
    private static final Prices PRICES = Prices.parse("720P=0.14,1080P=0.28");

    private Instant now = Instant.parse("2026-01-31T23:59:59Z");
    private final FragileSession session =
            new FragileSession(MemoryLedgers.withLease(() -> now, Duration.ZERO).open());
    private final ScriptedGenerator backend = new ScriptedGenerator();
    private final VirtualTimers time = new VirtualTimers();
    private int keys;

    private Generation generation(Integer duration, String resolution) {
        Generation any = ScriptedGenerator.generation();
        var request = GenerationRequest.EMPTY;
        request = duration == null ? request : request.withDuration(duration);
        request = resolution == null ? request : request.withResolution(resolution);
        var identity = Identity.of("account", "model", "key " + ++keys, "fingerprint");
        return new Generation(request, any.image(), identity, any.accepted(), any.limits());
    }

    private static Caps caps(Long seconds, String cost) {
        return new Caps(seconds, cost == null ? null : new BigDecimal(cost));
    }

    private CompletableFuture<Outcome> run(LedgerSession owner, Caps caps, Generation generation) {
        Claim claim = ((Claiming.Claimed) owner.claim(generation.newRun(), 1)).claim();
        return run(owner, caps, generation, claim);
    }

    private CompletableFuture<Outcome> run(LedgerSession owner, Caps caps, Generation generation, Claim claim) {
        var books = new Bookkeeping(
                owner, Runnable::run, Runnable::run, Runnable::run, new VirtualTimers(), new ReportLog());
        return WithinBudget.around(backend, books, new Budget(caps, PRICES))
                .generate(generation.claimed(claim, List.of()))
                .toCompletableFuture();
    }

    private CompletableFuture<Outcome> run(Caps caps, Generation generation) {
        return run(session, caps, generation);
    }

    private Amount spent(LocalDate day) {
        return session.spent("account", day);
    }

    private static Amount amount(long seconds, String cost) {
        return new Amount(seconds, new BigDecimal(cost));
    }

    @Test
    void reservesBeforeItIsSent() {
        run(caps(5L, "0.70"), generation(5, "720P"));

        assertThat(backend.calls()).hasSize(1);
        assertThat(spent(TODAY)).isEqualTo(amount(5, "0.70"));
    }

    @Test
    void countsWhatIsLeftOpenAsTheMostItCanBe() {
        run(caps(null, null), generation(null, null));

        assertThat(spent(TODAY)).isEqualTo(amount(15, "4.20"));
    }

    @Test
    void saysHowMuchAndHowMuchMayBe() {
        run(caps(20L, "5"), generation(15, "1080P"));
        assertThat(run(caps(20L, "5"), generation(6, "720P")).join())
                .isEqualTo(
                        new Outcome.OverBudget(
                                "it may take 6 s for 0.84, the account has spent or reserved"
                                        + " 15 s for 4.20 today (2026-01-31, UTC), and the most for a day is maxSecondsPerDay=20, maxCostPerDay=5"));
        assertThat(backend.calls()).hasSize(1);
        assertThat(spent(TODAY)).isEqualTo(amount(15, "4.20"));
    }

    @Test
    void saysWhyItCountsTheMost() {
        assertThat(run(caps(10L, "5"), generation(null, null)).join().toString())
                .contains("it may take 15 s for 4.20 (without a duration it counts as the longest video, without a"
                        + " resolution as the dearest), the account");
        assertThat(run(caps(10L, null), generation(null, null)).join().toString())
                .contains("it may take 15 s (without a duration it counts as the longest video), the account");
        assertThat(run(caps(10L, "1"), generation(10, null)).join().toString())
                .contains("it may take 10 s for 2.80 (without a resolution it counts as the dearest), the account");
    }

    @Test
    void saysNothingOfMoneyWhereOnlySecondsAreCapped() {
        assertThat(run(caps(4L, null), generation(5, "720P")).join())
                .isEqualTo(new Outcome.OverBudget(
                        "it may take 5 s, the account has spent or reserved 0 s today (2026-01-31, UTC),"
                                + " and the most for a day is maxSecondsPerDay=4"));
    }

    @Test
    void beginsAnewWithTheDayOfTheLedgersClock() {
        run(caps(5L, null), generation(5, "720P"));
        assertThat(run(caps(5L, null), generation(1, "720P")).join()).isInstanceOf(Outcome.OverBudget.class);

        now = now.plusSeconds(1);
        run(caps(5L, null), generation(5, "720P"));

        assertThat(backend.calls()).hasSize(2);
        assertThat(spent(TODAY)).isEqualTo(spent(TODAY.plusDays(1))).isEqualTo(amount(5, "0.70"));
    }

    private CompletableFuture<Outcome> delivered(Generation generation) {
        var books = new Bookkeeping(session, Runnable::run, Runnable::run, Runnable::run, time, new ReportLog());
        var permits = new Permits(9, 9, true, Runnable::run);
        var service =
                new Rooms.Service(backend, Credentials.fixed("key"), ServiceHost.KNOWN, permits, null, null, null);
        var shared = new Rooms.Shared(books, new RunsUnderWay(), time, () -> 1);
        return Rooms.stack(
                        service,
                        new Rooms.Images(null, null, null),
                        new Budget(caps(5L, null), PRICES),
                        new FailingFast(time),
                        shared)
                .generator()
                .generate(generation)
                .toCompletableFuture();
    }

    /** The service is busy before midnight, and takes the request after it. */
    @Test
    void countsForTheDayOnWhichItIsTriedAgain() {
        delivered(generation(5, "720P"));
        backend.lastCall().complete(ScriptedGenerator.THROTTLED);
        now = now.plusSeconds(1);
        time.pass(Duration.ofMinutes(1));

        assertThat(backend.calls()).hasSize(2);
        assertThat(spent(TODAY)).isEqualTo(Amount.NONE);
        assertThat(spent(TODAY.plusDays(1))).isEqualTo(amount(5, "0.70"));
    }

    @Test
    void isNotTriedAgainOnADayThatIsUsedUp() {
        CompletableFuture<Outcome> ending = delivered(generation(5, "720P"));
        backend.lastCall().complete(ScriptedGenerator.THROTTLED);
        now = now.plusSeconds(1);
        run(caps(5L, null), generation(5, "720P"));
        time.pass(Duration.ofMinutes(1));

        assertThat(ending).isCompletedWithValueMatching(Outcome.OverBudget.class::isInstance);
        assertThat(backend.calls()).hasSize(2);
    }

    @Test
    void isTriedAgainThoughTheLedgerHasNotTakenTheEndOfTheAttemptBefore() {
        delivered(generation(5, "720P"));
        session.breakDown("unsent");
        backend.lastCall().complete(ScriptedGenerator.THROTTLED);
        time.pass(Duration.ofMinutes(1));

        assertThat(backend.calls()).hasSize(2);
    }

    @Test
    void sendsNothingThatCannotBeReserved() {
        session.breakDown("reserve");

        assertThat(run(caps(5L, null), generation(5, "720P")).join()).isInstanceOf(Outcome.NotSent.class);
        assertThat(backend.calls()).isEmpty();
    }

    @Test
    void sendsNothingOnceItsClaimIsGone() {
        Generation generation = generation(5, "720P");
        Claim claim = ((Claiming.Claimed) session.claim(generation.newRun(), 1)).claim();
        session.release(claim);

        assertThat(run(session, caps(50L, null), generation, claim).join()).isInstanceOf(Outcome.InFlight.class);
        assertThat(backend.calls()).isEmpty();
        assertThat(spent(TODAY)).isEqualTo(Amount.NONE);
    }

    /** Another run gives its reservation back right after this one was refused. */
    @Test
    void saysWhatWasSpentWhenItWasRefusedNotAMomentLater() {
        Generation other = generation(5, "720P");
        Claim others = ((Claiming.Claimed) session.claim(other.newRun(), 1)).claim();
        session.reserve(others, amount(5, "0.70"), caps(null, null));
        var racing = new DelegatingSession(session) {
            @Override
            protected <T> T around(String method, Supplier<T> call) {
                T result = call.get();
                if (method.equals("reserve")) {
                    session.release(others);
                }
                return result;
            }
        };

        assertThat(run(racing, caps(5L, null), generation(5, "720P")).join())
                .isInstanceOfSatisfying(Outcome.OverBudget.class, refused -> assertThat(refused.reason())
                        .contains("has spent or reserved 5 s today (2026-01-31, UTC)"));
        assertThat(backend.calls()).isEmpty();
        assertThat(spent(TODAY)).isEqualTo(Amount.NONE);
    }
}
