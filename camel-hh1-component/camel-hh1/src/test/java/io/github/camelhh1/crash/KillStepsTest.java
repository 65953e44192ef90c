package io.github.camelhh1.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.download.PartFiles;
import io.github.camelhh1.ledger.RunState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
import org.junit.jupiter.params.provider.MethodSource;

/** With each ledger, a process is killed at each step of a photo, while others are on their way, and started again. */
@Tag("crash")
class KillStepsTest {
    private static final String WATCHED = Checkpoint.WATCHED;
    private static final List<String> PHOTOS = List.of("first", "second", WATCHED, "fourth");
    /** Of the photo in the step where that matters: far more than all buffers on the way hold. */
    private static final int LARGE = 8 << 20;

    private static final int BEGINNING = 10_000;

    @TempDir
    static Path meterRoot;

    private static MeterProcess meter;

    @TempDir
    Path root;

    private PhotoFolder folder;
    private LedgerStorage kept;

    /** One for all: only what it has seen since the beginning of a test counts. */
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
        meter.openGate();
        meter.renew();
    }

    static Stream<Arguments> everyStepWithEveryLedger() {
        return Stream.of(LedgerStorage.values())
                .flatMap(kept -> KillStep.WITHOUT_TASKS.stream().map(step -> Arguments.of(kept, step)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everyStepWithEveryLedger")
    void nothingIsPaidTwiceOrLost(LedgerStorage ledger, KillStep step) throws Exception {
        kept = ledger;
        kept.empty();
        PHOTOS.forEach(photo -> folder.drop(photo, step == KillStep.HALF_SENT && photo.equals(WATCHED) ? LARGE : 0));
        var referee = new Referee(folder);

        killAt(step);
        LedgerSnapshot left = referee.afterKill(meter.charges(), kept.left(folder));
        assertThat(left.state(WATCHED)).isEqualTo(step.leftAs);
        assertThat(Files.exists(folder.in().resolve(WATCHED + PhotoFolder.PHOTO)))
                .isEqualTo(step != KillStep.MOVED);

        Driver.finish(orders());
        referee.atTheEnd(PHOTOS, meter.charges(), kept.left(folder));
        assertThat(PhotoFolder.names(
                        step.expected == KillStep.Expected.DONE ? folder.done() : folder.failed(), PhotoFolder.PHOTO))
                .contains(WATCHED);
        toldOfAsUnknown(left.in(RunState.SENT));
        assertThat(meter.charges().stream().filter(WATCHED::equals)).hasSize(step.charges);
    }

    /** Where a lease has to run out first, the photo that comes again may find out before recovery does. */
    private void toldOfAsUnknown(List<String> photos) throws IOException {
        if (kept.leaseMillis == 0) {
            assertThat(Driver.namedAsHeld(folder)).containsExactlyInAnyOrderElementsOf(photos);
        } else {
            assertThat(Driver.namedAsHeld(folder)).doesNotHaveDuplicates().isSubsetOf(photos);
        }
    }

    private DriverSettings orders() {
        return kept.orders(folder, meter.baseUrl());
    }

    private void killAt(KillStep step) throws Exception {
        switch (step) {
            case HALF_SENT -> killWhenHalfIsSent();
            case DOWNLOADING -> {
                meter.stallVideos(PHOTOS.size(), BEGINNING);
                killWhenPartHas(BEGINNING);
            }
            case CUT_SHORT -> {
                meter.cutVideos(PHOTOS.size(), BEGINNING);
                killWhenPartHas(BEGINNING);
            }
            case DOWNLOADING_THE_REST -> {
                // The first attempts of all come before the second of any, which waits a second at least.
                meter.cutVideos(PHOTOS.size(), BEGINNING);
                meter.dripVideos(PHOTOS.size(), BEGINNING, Duration.ofMillis(500));
                killWhenPartHas(2 * BEGINNING);
            }
            case BEFORE_RENAME -> killInside("claimed", true, false);
            case AFTER_RENAME -> killInside("close", true, true);
            default -> {
                try (Driver driver = Driver.start(orders().stoppingAt(step))) {
                    driver.awaitStop(step);
                    driver.jvm().kill();
                }
            }
        }
    }

    private void killWhenHalfIsSent() {
        meter.haltUploadAfter(LARGE / 2);
        try (Driver driver = Driver.start(kept.orders(folder, meter.gatedUrl()))) {
            meter.awaitHalted();
            driver.jvm().kill();
        }
        meter.openGate();
    }

    private void killWhenPartHas(int bytes) {
        Path part = folder.out().resolve(WATCHED + PhotoFolder.PART);
        try (Driver driver = Driver.start(orders())) {
            // All of them: a reply that is left over would meet the next driver.
            await("the videos' beginnings")
                    .atMost(ChildJvm.PATIENCE)
                    .until(() -> size(part) >= bytes && meter.downloads() >= PHOTOS.size());
            driver.jvm().kill();
        }
        assertThat(size(part)).isGreaterThanOrEqualTo(bytes).isLessThan(Referee.WHOLE.length);
        assertThat(folder.out().resolve(WATCHED + PhotoFolder.VIDEO)).doesNotExist();
    }

    private void killInside(String method, boolean part, boolean video) throws Exception {
        try (Debugger debugger = Debugger.listen();
                Driver driver = Driver.start(orders(), debugger.option())) {
            debugger.runTo(PartFiles.className(), method, "name", WATCHED);
            driver.jvm().kill();
        }
        assertThat(Files.exists(folder.out().resolve(WATCHED + PhotoFolder.PART)))
                .isEqualTo(part);
        assertThat(Files.exists(folder.out().resolve(WATCHED + PhotoFolder.VIDEO)))
                .isEqualTo(video);
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
