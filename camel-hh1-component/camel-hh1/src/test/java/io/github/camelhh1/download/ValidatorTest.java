package io.github.camelhh1.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidatorTest {
    private static final String DATE = "Tue, 01 Jan 2030 00:00:00 GMT";

    @Test
    void isAStrongTagBeforeADate() {
        assertThat(Validator.of(
                        Map.of("etag", "\"a\"", "last-modified", "Mon, 31 Dec 2029 00:00:00 GMT", "date", DATE)))
                .isEqualTo(new Validator("etag", "\"a\""));
    }

    @Test
    void isNoDateWhereThereIsATag() {
        assertThat(Validator.of(
                        Map.of("etag", "W/\"a\"", "last-modified", "Mon, 31 Dec 2029 00:00:00 GMT", "date", DATE)))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mon, 31 Dec 2029 23:59:59 GMT | true",
                "Tue, 01 Jan 2030 00:00:00 GMT | false",
                "Tue, 01 Jan 2030 00:00:01 GMT | false",
                "yesterday | false"
            })
    void isADateThatIsOlderThanTheAnswer(String modified, boolean strong) {
        assertThat(Validator.of(Map.of("last-modified", modified, "date", DATE)) != null)
                .isEqualTo(strong);
    }

    @Test
    void isNoDateWithoutTheAnswersOwn() {
        assertThat(Validator.of(Map.of("last-modified", "Mon, 31 Dec 2029 00:00:00 GMT")))
                .isNull();
        assertThat(Validator.of(Map.of())).isNull();
    }

    @Test
    void isContradictedByAnotherOfItsKindOnly() {
        var validator = new Validator("etag", "\"a\"");
        assertThat(validator.contradicts(Map.of("etag", "\"b\""))).isTrue();
        assertThat(validator.contradicts(Map.of("etag", "W/\"a\""))).isTrue();
        assertThat(validator.contradicts(Map.of("etag", "\"a\""))).isFalse();
        assertThat(validator.contradicts(Map.of("last-modified", DATE))).isFalse();
    }
}
