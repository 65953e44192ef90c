package io.github.camelhh1.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Camel walks the causes: what may have been paid has none, so that no clause for HTTP or I/O matches. */
class CausesTest {
    private static final IOException RESET = new IOException("Connection reset");
    private static final Facts FACTS = new Facts("run", "2017", 424, "log", "ray");

    static List<Hh1Exception> whatMayHaveBeenPaid() {
        return List.of(
                new OutcomeUnknownException("unknown", RESET, false, FACTS),
                new OutcomeUnknownException("held", null, true, FACTS),
                new DownloadException("not fetched", RESET, "https://v.example/1.mp4", FACTS),
                new VideoExpiredException("expired", "https://v.example/1.mp4", FACTS),
                new InFlightException("in flight", FACTS),
                new RejectedException("failed", FACTS));
    }

    @ParameterizedTest
    @MethodSource("whatMayHaveBeenPaid")
    void whatMayHaveBeenPaidHasNoCauseAndKeepsItsStatus(Hh1Exception failure) {
        assertThat(ObjectHelper.createExceptionIterable(failure)).containsExactly(failure);
        assertThat(failure.httpStatus()).isEqualTo(424);
        assertThat(failure.billing()).isNotEqualTo(Billing.NOT_BILLED);
    }

    @Test
    void theFailureBehindItIsSuppressed() {
        assertThat(whatMayHaveBeenPaid().get(0)).hasSuppressedException(RESET);
        assertThat(whatMayHaveBeenPaid().get(2)).hasSuppressedException(RESET);
    }

    @Test
    void aRefusalIsNotBilledAndHasItsCause() {
        var refusal = new RejectedException("refused", RESET, FACTS);

        assertThat(refusal).hasCause(RESET);
        assertThat(refusal.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(refusal.retry()).isEqualTo(Retry.NEVER);
    }
}
