package io.github.camelhh1.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.crash.KillStep.Expected;
import io.github.camelhh1.ledger.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same as {@link KillStepsTest} with a service that has tasks: the next process asks for what this one has created. */
@Tag("crash")
class TaskKillStepsTest {
    private static final String WATCHED = Checkpoint.WATCHED;
    private static final List<String> PHOTOS = List.of("first", "second", WATCHED, "fourth");

    @TempDir
    static Path meterRoot;

    private static MeterProcess meter;

    @TempDir
    Path root;

    private PhotoFolder folder;
    private Referee referee;
    private LedgerStorage kept;

    @BeforeAll
    static void startMeter() {
        meter = MeterProcess.start(meterRoot, Duration.ofMillis(50));
    }

    @AfterAll
    static void stopMeter() {
        meter.close();
    }

    @BeforeEach
    void start() {
        folder = PhotoFolder.in(root);
        referee = new Referee(folder);
        PHOTOS.forEach(folder::drop);
        meter.renew();
    }

    static Stream<Arguments> everyStepWithEveryLedger() {
        return Stream.of(LedgerStorage.SQLITE, LedgerStorage.POSTGRESQL)
                .flatMap(kept -> KillStep.WITH_TASKS.stream().map(step -> Arguments.of(kept, step)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everyStepWithEveryLedger")
    void onlyALostAnswerToTheCreateIsHeld(LedgerStorage ledger, KillStep step) throws IOException {
        use(ledger);
        LedgerSnapshot left = killAt(step);
        assertThat(left.state(WATCHED)).isEqualTo(step.leftAs);
        boolean done = step.expectedWithTasks() == Expected.DONE;
        assertThat(left.sentWithoutTask().contains(WATCHED)).isEqualTo(!done);

        endsWith(done, step.charges);
        if (kept.leaseMillis == 0) {
            assertThat(Driver.namedAsHeld(folder)).containsExactlyInAnyOrderElementsOf(left.sentWithoutTask());
        } else {
            assertThat(Driver.namedAsHeld(folder)).doesNotHaveDuplicates().isSubsetOf(left.sentWithoutTask());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = LedgerStorage.class,
            names = {"SQLITE", "POSTGRESQL"})
    void isResumedOnceMoreWhenTheProcessThatResumesItIsKilled(LedgerStorage ledger) {
        use(ledger);
        killAt(KillStep.RECORDED);
        LedgerSnapshot left = killAt(KillStep.ANSWERED);
        assertThat(left.state(WATCHED)).isEqualTo(RunState.SENT);
        assertThat(left.task(WATCHED)).isNotNull();

        endsWith(true, 1);
    }

    private void use(LedgerStorage ledger) {
        kept = ledger;
        kept.empty();
    }

    private LedgerSnapshot killAt(KillStep step) {
        boolean polled = step == KillStep.POLLED;
        if (polled) {
            meter.holdTasks(PHOTOS.size());
        }
        try (Driver driver = Driver.start(polled ? orders() : orders().stoppingAt(step))) {
            if (polled) {
                await("a question").atMost(ChildJvm.PATIENCE).until(() -> meter.polls(WATCHED) > 0);
            } else {
                driver.awaitStop(step);
            }
            driver.jvm().kill();
        }
        LedgerSnapshot left = referee.afterKill(meter.charges(), kept.left(folder));
        if (polled) {
            meter.release();
        }
        return left;
    }

    private DriverSettings orders() {
        return kept.orders(folder, meter.tasksUrl());
    }

    /** With a process that nobody kills. */
    private void endsWith(boolean done, int charges) {
        Driver.finish(orders());
        referee.atTheEnd(PHOTOS, meter.charges(), kept.left(folder));
        assertThat(PhotoFolder.names(done ? folder.done() : folder.failed(), PhotoFolder.PHOTO))
                .contains(WATCHED);
        assertThat(meter.charges().stream().filter(WATCHED::equals)).hasSize(charges);
        assertThat(meter.requests()).as("creates").doesNotHaveDuplicates();
    }
}
