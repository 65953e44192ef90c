package io.github.camelhh1.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.AllocationCost;
import io.github.camelhh1.fixture.CountedStream;
import io.github.camelhh1.image.fix.ImageIoFixer;
import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.image.preflight.Preflight.Verdict;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A bomb is refused, and neither the check nor the fix of it takes much memory. */
class ImageBombsTest {
    private static final Map<String, byte[]> BOMBS = ImageBombs.all();

    /** 64 KB, and what stands before them. */
    private static final int MOST_BYTES_READ = 70_000;

    private static final int MOST_CALLS = 100_000;

    @TempDir
    static Path directory;

    static Stream<String> names() {
        return BOMBS.keySet().stream();
    }

    /** Where nothing speaks against it but its pixels, which the model has no rule for, it is none of our business. */
    private static final Set<String> WITHIN_THE_RULES = Set.of(
            "a PNG of 250 KB that decodes to 256 MB",
            "a PNG with the largest sides",
            "a JPEG whose sides are the largest",
            "a WEBP that lies of its length");

    @ParameterizedTest
    @MethodSource("names")
    void isCheapToLookAt(String name) {
        Verdict verdict = cheap(name, new Preflight(Preflight.Mode.FAIL, null, null, warning -> {}));
        assertThat(verdict)
                .isInstanceOf(WITHIN_THE_RULES.contains(name) ? Verdict.Passed.class : Verdict.Refused.class);
    }

    /** Some are small pictures behind their threats, and are fixed; but not at any price. */
    @ParameterizedTest
    @MethodSource("names")
    void isCheapToFixOrNotFixed(String name) {
        var fixer = new ImageIoFixer(40_000_000, () -> directory, Runnable::run, Runnable::run);
        Verdict verdict = cheap(name, new Preflight(Preflight.Mode.FIX, null, fixer, warning -> {}));
        assertThat(verdict instanceof Verdict.Passed).isEqualTo(WITHIN_THE_RULES.contains(name));
        assertThat(directory).isEmptyDirectory();
    }

    private static Verdict cheap(String name, Preflight preflight) {
        byte[] bomb = BOMBS.get(name);
        var last = new AtomicReference<Verdict>();
        AllocationCost.isSmall(() -> {
            Verdict verdict = preflight
                    .check(ImageContent.of(bomb), () -> "bomb")
                    .toCompletableFuture()
                    .join();
            if (verdict instanceof Verdict.Fixed fixed) {
                fixed.discard().run();
            }
            last.set(verdict);
        });
        return last.get();
    }

    @ParameterizedTest
    @MethodSource("names")
    void isGivenUpAfterSoManyBytes(String name) {
        var in = new CountedStream(BOMBS.get(name));

        ImageLook.at(in, BOMBS.get(name).length);

        assertThat(in.bytes()).as("bytes").isLessThan(MOST_BYTES_READ);
        assertThat(in.calls()).as("calls of the stream").isLessThan(MOST_CALLS);
    }

    @ParameterizedTest
    @MethodSource("names")
    void isHarmlessWhereverItIsCut(String name) {
        byte[] bomb = BOMBS.get(name);
        for (int length = 0; length < Math.min(bomb.length, 300); length++) {
            ImageLook look = ImageContent.of(Arrays.copyOf(bomb, length)).look();
            assertThat(look.header() == null).isNotEqualTo(look.problem() == null);
        }
    }
}
