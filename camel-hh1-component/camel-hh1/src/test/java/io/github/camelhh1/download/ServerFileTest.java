package io.github.camelhh1.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerFileTest {
    private static final String DATE = "Tue, 01 Jan 2030 00:00:00 GMT";

    private static String validator(Map<String, String> headers) {
        return new ServerFile(headers).validator();
    }

    @Test
    void isAStrongTagBeforeADate() {
        assertThat(validator(Map.of("etag", "\"a\"", "last-modified", "Mon, 31 Dec 2029 00:00:00 GMT", "date", DATE)))
                .isEqualTo("\"a\"");
    }

    @Test
    void isNoDateWhereThereIsATag() {
        assertThat(validator(Map.of("etag", "W/\"a\"", "last-modified", "Mon, 31 Dec 2029 00:00:00 GMT", "date", DATE)))
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
        assertThat(validator(Map.of("last-modified", modified, "date", DATE)) != null)
                .isEqualTo(strong);
    }

    @Test
    void isNoDateWithoutTheAnswersOwn() {
        assertThat(validator(Map.of("last-modified", "Mon, 31 Dec 2029 00:00:00 GMT")))
                .isNull();
        assertThat(validator(Map.of())).isNull();
    }

    @Test
    void isContradictedByAnotherOfItsKindOnly() {
        var file = new ServerFile(Map.of("etag", "\"a\""));
        assertThat(file.isContradictedBy(Map.of("etag", "\"b\""))).isTrue();
        assertThat(file.isContradictedBy(Map.of("etag", "W/\"a\""))).isTrue();
        assertThat(file.isContradictedBy(Map.of("etag", "\"a\""))).isFalse();
        assertThat(file.isContradictedBy(Map.of("last-modified", DATE))).isFalse();
    }
}
