package io.github.camelhh1.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.message.RunsMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers of {@code hh1:runs}, and the page that they ask for. */
class RunsMessageTest {
    private static final Instant NOW = Instant.parse("2026-02-01T12:00:00.500Z");

    private static Message message(Map<String, ?> headers) {
        Message message = new DefaultExchange(new DefaultCamelContext()).getMessage();
        message.setHeaders(new HashMap<>(headers));
        return message;
    }

    private static RunsMessage.Page page(Map<String, ?> headers) throws InvalidRequestException {
        return RunsMessage.page(message(headers), () -> NOW);
    }

    private static Instant since(Object value) throws InvalidRequestException {
        return page(Map.of(Hh1Constants.RUN_SINCE, value)).filter().since();
    }

    private static InvalidRequestException refused(Map<String, ?> headers) {
        return catchThrowableOfType(InvalidRequestException.class, () -> page(headers));
    }

    @Test
    void withoutHeadersTheyAskForTheNewestHundred() throws Exception {
        RunsMessage.Page page = page(Map.of(Hh1Constants.RUN_NAME, " ", Hh1Constants.RUN_SINCE, ""));
        assertThat(page.filter().state()).isNull();
        assertThat(page.filter().account()).isNull();
        assertThat(page.filter().name()).isNull();
        assertThat(page.filter().since()).isNull();
        assertThat(page.limit()).isEqualTo(100);
        assertThat(page.offset()).isZero();
    }

    @Test
    void allAreRead() throws Exception {
        RunsMessage.Page page = page(Map.of(
                Hh1Constants.RUN_STATE,
                "unknown",
                Hh1Constants.RUN_ACCOUNT,
                " first ",
                Hh1Constants.RUN_NAME,
                "50%_*".getBytes(StandardCharsets.UTF_8),
                Hh1Constants.RUN_SINCE,
                NOW,
                Hh1Constants.RUN_LIMIT,
                7,
                Hh1Constants.RUN_OFFSET,
                "14"));
        assertThat(page.filter().state()).isEqualTo(RunState.UNKNOWN);
        assertThat(page.filter().account()).isEqualTo("first");
        assertThat(page.filter().name()).isEqualTo("50%_*");
        assertThat(page.filter().since()).isEqualTo(NOW);
        assertThat(page.limit()).isEqualTo(7);
        assertThat(page.offset()).isEqualTo(14);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T08:00:00Z, 2026-01-31T08:00:00Z",
        "2026-01-31T08:00Z, 2026-01-31T08:00:00Z",
        "2026-01-31T08:00:00.1234567Z, 2026-01-31T08:00:00.123Z",
        "2026-01-31T08:00:00+02:00, 2026-01-31T06:00:00Z",
        "2026-01-31T08:00+01:00[Europe/Paris], 2026-01-31T07:00:00Z",
        "2026-01-31, 2026-01-31T00:00:00Z",
        "24h, 2026-01-31T12:00:00.500Z",
        "1d, 2026-01-31T12:00:00.500Z",
        "1h30m, 2026-02-01T10:30:00.500Z",
        "90s, 2026-02-01T11:58:30.500Z",
        "PT24H, 2026-01-31T12:00:00.500Z",
        "p1d, 2026-01-31T12:00:00.500Z",
        "PT0S, 2026-02-01T12:00:00.500Z"
    })
    void aTimeADayAndHowLongAgoAreRead(String text, Instant since) throws Exception {
        assertThat(since(text)).isEqualTo(since);
        assertThat(since(" " + text + " ")).isEqualTo(since);
    }

    @Test
    void timesOfJavaAreRead() throws Exception {
        ZonedDateTime paris = NOW.atZone(ZoneId.of("Europe/Paris"));
        assertThat(since(paris)).isEqualTo(NOW);
        assertThat(since(OffsetDateTime.from(paris))).isEqualTo(NOW);
        assertThat(since(LocalDate.of(2026, 1, 31))).isEqualTo(Instant.parse("2026-01-31T00:00:00Z"));
        assertThat(since(Duration.ofMinutes(90))).isEqualTo(NOW.minusSeconds(5400));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-01-31T08:00:00",
                "2026-02-30",
                "31.01.2026",
                "900000",
                "-1h",
                "-PT1H",
                "PT-1H",
                "1w",
                "h",
                "P1M",
                "P",
                "+1000000000-12-31T23:59:59Z",
                "-1000000000-01-01T00:00:00Z",
                "PT9223372036854775807S",
                "9999999999999d",
                "1h 30m",
                "1.5h",
                "2026-01-31T08:00:00Z'; drop table hh1_run; --"
            })
    void whatIsNoTimeIsRefused(String text) {
        var failure = refused(Map.of(Hh1Constants.RUN_SINCE, text));
        assertThat(failure.violations()).singleElement().satisfies(violation -> assertThat(violation)
                .startsWith(Hh1Constants.RUN_SINCE + ": \"" + text + "\" is no time")
                .contains("2026-01-31T08:00:00Z", "24h", "leave the header out"));
        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
    }

    /** A database would refuse it, and the ledger be taken for one that fails. */
    @ParameterizedTest
    @ValueSource(strings = {Hh1Constants.RUN_NAME, Hh1Constants.RUN_ACCOUNT})
    void textThatNoDatabaseTakesIsRefused(String header) throws Exception {
        for (String text : new String[] {"a\0b", "\ud83d", "x".repeat(501)}) {
            assertThat(refused(Map.of(header, text)).violations())
                    .singleElement()
                    .satisfies(violation -> assertThat(violation)
                            .startsWith(header + ": \"")
                            .contains(text.length() + " characters", "leave the header out"));
        }
        page(Map.of(header, "x".repeat(500)));
    }

    @Test
    void allViolationsAreToldAtOnce() {
        var failure = refused(Map.of(
                Hh1Constants.RUN_STATE,
                "done",
                Hh1Constants.RUN_ACCOUNT,
                new Object(),
                Hh1Constants.RUN_NAME,
                "\0",
                Hh1Constants.RUN_SINCE,
                "soon",
                Hh1Constants.RUN_LIMIT,
                0,
                Hh1Constants.RUN_OFFSET,
                -1));
        assertThat(failure.violations()).hasSize(6);
        assertThat(failure).hasMessageContaining("done").hasMessageContaining("soon");
    }

    @Test
    void aPageThatIsNotFullKnowsTheTotal() throws Exception {
        RunsMessage.Page first = page(Map.of(Hh1Constants.RUN_LIMIT, 10));
        RunsMessage.Page third = page(Map.of(Hh1Constants.RUN_LIMIT, 10, Hh1Constants.RUN_OFFSET, Integer.MAX_VALUE));
        assertThat(first.total(0)).isZero();
        assertThat(first.total(9)).isEqualTo(9);
        assertThat(first.total(10)).isNegative();
        assertThat(third.total(3)).isEqualTo(Integer.MAX_VALUE + 3L);
        assertThat(third.total(0)).as("behind the end").isNegative();
    }
}
