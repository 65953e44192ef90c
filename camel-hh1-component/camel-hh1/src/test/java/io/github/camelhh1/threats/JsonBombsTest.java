package io.github.camelhh1.threats;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.fixture.AllocationCost;
import io.github.camelhh1.fixture.TestContext;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON bodies made to explode in whoever reads them. Those of the service's answers: {@code HugeAnswersTest}. */
class JsonBombsTest {
    private static final int MANY = 1_000_000;

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    static Stream<Named<String>> bombs() {
        return Stream.of(
                Named.of("arrays nested deep", "{\"prompt\":" + "[".repeat(MANY) + "]".repeat(MANY) + "}"),
                Named.of("arrays nested deep and cut", "{\"prompt\":" + "[".repeat(MANY)),
                Named.of("objects nested deep", "{\"prompt\":".repeat(MANY / 10)),
                Named.of("a number of a million digits", "{\"seed\":" + "9".repeat(MANY) + "}"),
                Named.of("a fraction of a million digits", "{\"seed\":0." + "9".repeat(MANY) + "}"),
                Named.of("an exponent that explodes", "{\"seed\":1e999999999}"),
                Named.of("an exponent that vanishes", "{\"duration\":1e-999999999}"),
                Named.of("a million unknown fields", "{" + fields("\"x%d\":1") + "}"),
                Named.of("one field a million times", "{" + fields("\"seed\":%d") + "}"),
                Named.of("a million elements", "{\"seed\":[" + fields("%d") + "]}"),
                Named.of("a name of a megabyte", "{\"" + "n".repeat(MANY) + "\":1}"),
                Named.of("trailing documents", "{\"seed\":1}" + "{}".repeat(MANY)));
    }

    private static String fields(String format) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> format.replace("%d", String.valueOf(i)))
                .collect(Collectors.joining(","));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void areRefusedAtLittleCost(String bomb) {
        AllocationCost.isSmall(() -> {
            var failure = CAMEL.sendTo(
                            "hh1:estimate", exchange -> exchange.getMessage().setBody(bomb))
                    .failure(InvalidRequestException.class);

            assertThat(failure.getMessage()).hasSizeLessThan(4_000);
        });
    }
}
