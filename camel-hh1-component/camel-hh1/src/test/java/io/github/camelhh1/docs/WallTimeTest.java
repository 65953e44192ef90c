package io.github.camelhh1.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No test asserts how long something takes, for a busy machine must stay green: that is what the benchmarks are for. A
 * limit that ends a test which hangs is half a minute or more.
 */
class WallTimeTest {
    private static final int LEAST_SECONDS = 30;

    /** Time that was measured, and is asserted within the same statement. */
    private static final Pattern ASSERTED =
            Pattern.compile("assertThat\\([^;]*(?:nanoTime|currentTimeMillis|ThreadCpuTime)\\(\\)[^;]*;|assertTimeout");

    private static final Pattern LIMITED = Pattern.compile(
            "(?:@Timeout\\(|atMost\\(Duration\\.ofSeconds\\(|atMost\\()(\\d+)(?:\\)|, TimeUnit\\.SECONDS)");

    private static final Pattern IN_MILLISECONDS = Pattern.compile("(?:atMost|failsWithin)\\(Duration\\.ofMillis");

    private static boolean isAboutTime(String source) {
        return ASSERTED.matcher(source).find()
                || IN_MILLISECONDS.matcher(source).find()
                || LIMITED.matcher(source)
                        .results()
                        .map(MatchResult::group)
                        .anyMatch(limit -> Integer.parseInt(limit.replaceAll("\\D", "")) < LEAST_SECONDS);
    }

    @Test
    void isAssertedByNoTest() throws IOException {
        var found = new TreeMap<String, Path>();
        for (Path source : TestSources.all()) {
            if (!source.endsWith("WallTimeTest.java") && isAboutTime(Files.readString(source))) {
                found.put(source.getFileName().toString(), source);
            }
        }
        assertThat(found).as("tests that a busy machine would fail").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assertThat(System.nanoTime() - began).isLessThan(10);",
                "assertThat(Duration.ofNanos(System.nanoTime() - start))\n    .isLessThan(LONG);",
                "assertTimeoutPreemptively(LONG, work)",
                "@Timeout(5)",
                "await().atMost(Duration.ofSeconds(4)).until(done)",
                "await().atMost(Duration.ofMillis(400)).until(done)"
            })
    void isFoundHoweverItIsAsserted(String source) {
        assertThat(isAboutTime(source)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@Timeout(60)", "await().atMost(Duration.ofSeconds(30))", "long end = System.nanoTime();"})
    void mayEndATestThatHangs(String source) {
        assertThat(isAboutTime(source)).isFalse();
    }
}
