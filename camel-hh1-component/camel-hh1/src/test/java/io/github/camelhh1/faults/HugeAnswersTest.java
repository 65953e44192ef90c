package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Reply;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Row 9: answers made to explode. */
class HugeAnswersTest {
    private static final long SIXTEEN_MEGABYTES = 16L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    static Stream<Named<Reply>> bombs() {
        return Stream.of(
                Named.of("1 GB of JSON", Reply.huge(1L << 30)),
                Named.of(
                        "2 MB of unannounced length",
                        Reply.json(200, "{\"state\":\"" + "x".repeat(2 << 20) + "\"}")
                                .chunked()),
                Named.of("nested 100,000 deep", Reply.json(200, "[".repeat(100_000) + "]".repeat(100_000))),
                Named.of("objects nested 100,000 deep", Reply.json(200, "{\"a\":".repeat(100_000))),
                Named.of("a number of 1,000,000 digits", Reply.json(200, "{\"state\":" + "9".repeat(1_000_000) + "}")),
                Named.of(
                        "an exponent that explodes",
                        Reply.json(200, "{\"success\":false,\"errors\":[{\"code\":1e999999999}]}")
                                .billed(true)));
    }

    @ParameterizedTest(name = "row 9: {0}")
    @MethodSource("bombs")
    void areUnknownAndCostLittleMemory(Reply bomb) {
        CAMEL.send("").video();
        CAMEL.simulator().script(bomb);
        long before = allocatedByTheComponent();

        var failure = CAMEL.send("").failure(OutcomeUnknownException.class);

        assertThat(allocatedByTheComponent() - before).isLessThan(SIXTEEN_MEGABYTES);
        assertThat(failure.getMessage()).hasSizeLessThan(1_200);
        assertThat(CAMEL.posts()).isEqualTo(2);
        assertThat(CAMEL.simulator().charges()).isEqualTo(2);
    }

    /** Everything ever allocated, by its threads that live: more than what the heap can have grown by. */
    private static long allocatedByTheComponent() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("hh1-http")
                        || thread.getName().contains("hh1-rooms")
                        || thread.getName().contains("hh1-callback"))
                .mapToLong(thread -> THREADS.getThreadAllocatedBytes(thread.getId()))
                .sum();
    }
}
