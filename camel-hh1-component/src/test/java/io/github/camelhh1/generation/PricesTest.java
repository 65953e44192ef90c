package io.github.camelhh1.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.camelhh1.ledger.Amount;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricesTest {
    private static final Prices PRICES = Prices.parse("720P=0.14,1080P=0.28");

    private static GenerationRequest request(String resolution, Integer duration) {
        return new GenerationRequest("https://i.example/1.png", null, null, resolution, duration, null, null);
    }

    static List<Arguments> requests() {
        return List.of(
                arguments("720P", 5, "0.70", 5, "0.70"),
                arguments("1080P", 5, "1.40", 5, "1.40"),
                arguments("720P", null, null, 15, "2.10"),
                arguments(null, 5, "1.40", 5, "1.40"),
                arguments(null, null, null, 15, "4.20"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void countWhatIsLeftOpenAsTheMostItCanBe(
            String resolution, Integer duration, String cost, long seconds, String most) {
        var request = request(resolution, duration);

        assertThat(PRICES.cost(request).map(BigDecimal::toPlainString).orElse(null))
                .isEqualTo(cost);
        assertThat(PRICES.most(request)).isEqualTo(new Amount(seconds, new BigDecimal(most)));
    }

    @Test
    void theDearestNeedNotBeTheLargest() {
        assertThat(Prices.parse("720P=3,1080P=2").most(request(null, 10)).cost())
                .isEqualTo("30.00");
    }

    @Test
    void areExactToTheMillionth() {
        assertThat(Prices.parse("720P=0.000001").cost(request("720P", 3))).contains(new BigDecimal("0.000003"));
        assertThat(Prices.parse("720P=0.333333").cost(request("720P", 3))).contains(new BigDecimal("0.999999"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void areNotKnownWhenNotSaid(String text) {
        assertThat(Prices.parse(text).cost(request("720P", 5))).isEmpty();
        assertThat(Prices.parse(text).most(request("720P", 5))).isEqualTo(new Amount(5, BigDecimal.ZERO));
        assertThat(Prices.parse(text).isComplete()).isFalse();
    }

    @Test
    void areNotKnownOfAResolutionWithoutOne() {
        Prices one = Prices.parse("720P=0.14");

        assertThat(one.isComplete()).isFalse();
        assertThat(one.cost(request("1080P", 5))).isEmpty();
        assertThat(PRICES.isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"720p=0.14,1080p=0.28", " 720P = 0.14 , 1080P = 0.28 ", "1080P=0.28,720P=0.140"})
    void mayBeWrittenAsPeopleWrite(String text) {
        assertThat(Prices.parse(text).most(request("720P", 5))).isEqualTo(PRICES.most(request("720P", 5)));
        assertThat(Prices.parse(text).isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.14",
                "720P",
                "720P=",
                "=0.14",
                "720P=-0.14",
                "720P=0.1234567",
                "720P=1000000000",
                "720P=1e12",
                "720P=0,14",
                "720P=a lot",
                "480P=0.10",
                "720P=0.14;1080P=0.28",
                "720P=0.14,720p=0.15",
                "720P=0.14,",
                "720P=0.14=0.15",
                "720P=NaN"
            })
    void saysWhatIsWrongWithAText(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Prices.parse(text))
                .withMessageContaining("pricePerSecond")
                .withMessageContaining("720P=0.14,1080P=0.28");
    }
}
