package io.github.camelhh1.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.ledger.Amount;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricesTest {
    private static GenerationRequest request(Integer duration, String resolution) {
        var request = duration == null ? GenerationRequest.EMPTY : GenerationRequest.EMPTY.withDuration(duration);
        return resolution == null ? request : request.withResolution(resolution);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "720P=0.14,1080P=0.28      | 0.70 | 1.40",
                " 720p = 0.14 , 1080p=0.28 | 0.70 | 1.40",
                "1080P=1e2,720P=0          | 0.00 | 500.00",
                "720P=0.000001,1080P=0.5   | 0.000005 | 2.50",
                "720P=999999999,1080P=1    | 4999999995.00 | 5.00",
            })
    void readsWhatASecondCosts(String text, BigDecimal five720, BigDecimal five1080) {
        Prices prices = Prices.parse(text);

        assertThat(prices.cost(request(5, "720P"))).contains(five720);
        assertThat(prices.cost(request(5, "1080P"))).contains(five1080);
        assertThat(prices.isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "720P",
                "720P=",
                "=0.14",
                "720P=0.14,",
                ",",
                "720P=0.14;1080P=0.28",
                "720P=0.14=0.15",
                "720P=-0.14",
                "720P=0.0000001",
                "720P=1E-2147483647",
                "720P=1000000000",
                "720P=1E2147483647",
                "720P=NaN",
                "720P=Infinity",
                "720P=0,14",
                "720P=0.14,720p=0.15",
                "480P=0.1",
                "720P=\u0000",
            })
    void refusesAllElse(String text) {
        assertThatThrownBy(() -> Prices.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pricePerSecond must name prices by resolution");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void mayBeUnset(String text) {
        Prices prices = Prices.parse(text);

        assertThat(prices.isComplete()).isFalse();
        assertThat(prices.cost(request(5, "720P"))).isEmpty();
        assertThat(prices.most(request(null, null))).isEqualTo(new Amount(15, BigDecimal.ZERO));
    }

    @Test
    void countsWhatIsLeftOpenAsTheDearest() {
        Prices prices = Prices.parse("720P=0.14,1080P=0.28");

        assertThat(prices.most(request(null, null))).isEqualTo(new Amount(15, new BigDecimal("4.20")));
        assertThat(prices.most(request(4, null))).isEqualTo(new Amount(4, new BigDecimal("1.12")));
        assertThat(prices.most(request(null, "720P"))).isEqualTo(new Amount(15, new BigDecimal("2.10")));
        assertThat(prices.cost(request(null, "720P"))).isEmpty();
    }

    @Test
    void knowsNoPriceOfAResolutionThatIsNotNamed() {
        Prices prices = Prices.parse("720P=0.14");

        assertThat(prices.isComplete()).isFalse();
        assertThat(prices.cost(request(5, "1080P"))).isEmpty();
    }
}
