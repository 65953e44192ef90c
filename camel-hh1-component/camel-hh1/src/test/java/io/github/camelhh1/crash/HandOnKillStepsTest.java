package io.github.camelhh1.crash;

import static io.github.camelhh1.ledger.LedgerContract.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Row 48: processes that hand a late video and a held run on are killed at each step; others go on. It takes minutes:
 * {@code -Pcrash -Dtest=HandOnKillStepsTest -Dhh1.crash.handon=true}.
 */
@Tag("crash")
@EnabledIfSystemProperty(named = "hh1.crash.handon", matches = "true")
class HandOnKillStepsTest {
    private static final String VIDEO = "https://v.example/late.mp4";
    private static final String LATE = "late " + VIDEO;
    private static final String HELD = "lost held";
    private static final List<String> PHOTOS = List.of("late", "lost");

    @TempDir
    Path root;

    private final Hh1Simulator service = Hh1Simulator.builder().rendering(false).start();
    private PhotoFolder folder;
    private DriverSettings orders;

    @AfterEach
    void stop() {
        assertThat(service.requests()).isEmpty();
        service.close();
    }

    /** A video that came when nobody waited, and a run that stays unknown. */
    private void keepIn(LedgerStorage kept) {
        kept.empty();
        folder = PhotoFolder.in(root);
        orders = kept.orders(folder, service.baseUrl());
        try (LedgerSession session = Ledgers.of(orders.ledger()).open()) {
            var video = new Completion(VIDEO, "Completed", null, Duration.ofSeconds(9), null, null, null);
            session.complete(sent(session, "late"), video, false);
            session.unknown(sent(session, "lost"), Ending.of("no answer"));
        }
    }

    private LateProcess consuming(LateStep... stops) {
        String[] all = Stream.of(stops).map(LateStops::atAny).toArray(String[]::new);
        return LateProcess.start(orders, service, all).consume("recovered").consume("held");
    }

    private LateProcess failing() {
        return LateProcess.start(orders, service)
                .fail(true)
                .consume("recovered")
                .consume("held");
    }

    private static void awaitStop(LateProcess process, LateStep step) {
        PHOTOS.forEach(photo -> process.ringUntil(() -> process.isStopped(step, photo)));
    }

    private List<String> effects() {
        return LateProcess.lines(folder, LateProcess.EFFECTS);
    }

    private List<String> tries() {
        return LateProcess.lines(folder, LateProcess.TRIES);
    }

    private void hasEffects(int times) {
        assertThat(effects())
                .containsExactlyInAnyOrderElementsOf(Stream.of(LATE, HELD)
                        .flatMap(effect -> Collections.nCopies(times, effect).stream())
                        .toList());
    }

    /** Each consumer has looked several times more, and the process has looked for dead ones, for longer than a lease. */
    private void awaitLooks(LateProcess process) {
        process.awaitMore("recover", orders.leaseMillis() == 0 ? 1 : 5);
        process.awaitMore("emit", 6);
    }

    private void killAt(LateStep step) {
        try (LateProcess process = consuming(step)) {
            awaitStop(process, step);
            process.jvm().kill();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = LedgerStorage.class,
            names = {"SQLITE", "POSTGRESQL"})
    void isHandedOnUntilARouteHasIt(LedgerStorage kept) {
        keepIn(kept);
        killAt(LateStep.EMITTED);
        hasEffects(0);
        killAt(LateStep.IN_THE_ROUTE);
        hasEffects(0);
        killAt(LateStep.UNACKNOWLEDGED);
        hasEffects(1);
        killAt(LateStep.ACKNOWLEDGED);
        hasEffects(2);

        try (LateProcess last = consuming()) {
            awaitLooks(last);
            last.jvm().stop();
        }
        hasEffects(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = LedgerStorage.class,
            names = {"SQLITE", "POSTGRESQL"})
    void isHandedOnByTheOtherNodeWhenThisOneIsDeadAndNotBefore(LedgerStorage kept) {
        keepIn(kept);
        try (LateProcess dying = consuming(LateStep.IN_THE_ROUTE)) {
            awaitStop(dying, LateStep.IN_THE_ROUTE);
            try (LateProcess other = consuming()) {
                awaitLooks(other);
                assertThat(tries()).hasSize(2);
                dying.jvm().kill();
                other.ringUntil(() -> effects().size() == 2);
                other.ringUntil(() -> other.calls("ended") == 2);
                awaitLooks(other);
                other.jvm().stop();
            }
        }
        hasEffects(1);
    }

    /** Frozen for longer than its lease: both have done their work, and the other one's acknowledgement counts. */
    @Test
    void isLeftToTheOtherNodeByOneThatWasFrozenBeyondItsLease() {
        keepIn(LedgerStorage.POSTGRESQL);
        try (LateProcess frozen = consuming(LateStep.IN_THE_ROUTE)) {
            awaitStop(frozen, LateStep.IN_THE_ROUTE);
            frozen.jvm().signal("STOP");
            try (LateProcess other = consuming()) {
                other.ringUntil(() -> effects().size() == 2);
                other.ringUntil(() -> other.calls("ended") == 2);
                frozen.jvm().signal("CONT");
                frozen.jvm().say("go");
                frozen.ringUntil(() -> frozen.calls("ended") == 2);
                hasEffects(2);
                awaitLooks(other);
                awaitLooks(frozen);
            }
        }
        hasEffects(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = LedgerStorage.class,
            names = {"SQLITE", "POSTGRESQL"})
    void keepsItsPauseWhenTheProcessIsKilledWhoseRouteFailsForADay(LedgerStorage kept) {
        keepIn(kept);
        try (LateProcess process = failing()) {
            awaitTries(process, 1);
            for (int tries = 2; tries <= 6; tries++) {
                pass(Duration.ofSeconds(10L << (tries - 2)));
                awaitTries(process, tries);
            }
            process.jvm().kill();
        }
        // The pause is 320 s now, of which a busy machine passes some.
        try (LateProcess process = failing()) {
            awaitLooks(process);
            assertThat(tries()).as("within the pause").hasSize(6 * 2);
            pass(Duration.ofSeconds(320));
            awaitTries(process, 7);
            for (int tries = 8; tries < 8 + 48; tries++) {
                pass(Duration.ofMinutes(30));
                awaitTries(process, tries);
            }
            process.jvm().kill();
        }
        hasEffects(0);
        pass(Duration.ofMinutes(30));
        try (LateProcess works = consuming()) {
            works.ringUntil(() -> works.calls("ended") == 2);
            awaitLooks(works);
            works.jvm().stop();
        }
        hasEffects(1);
    }

    private void pass(Duration time) {
        LedgerTime.pass(orders.ledger(), time);
    }

    /** Of both runs; and the ledger has their ends. */
    private void awaitTries(LateProcess process, int times) {
        process.ringUntil(() -> tries().size() == times * 2 && isAtRest());
    }

    private boolean isAtRest() {
        return LedgerTime.emissions(orders.ledger()) == 0;
    }
}
