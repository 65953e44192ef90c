package io.github.camelhh1.failure;

import static io.github.camelhh1.generation.GenerationRequest.EMPTY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.message.FailureMessages;
import java.io.IOException;
import java.util.List;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Camel walks the causes. The exception of a request that may have been paid has none, so that no clause for HTTP or
 * I/O matches.
 */
class CausesTest {
    private static final IOException RESET = new IOException("Connection reset");
    private static final CallIds IDS = new CallIds(424, "2017", "log", "ray");

    static List<Hh1Exception> whatMayHaveBeenPaid() {
        return List.of(
                new OutcomeUnknownException("unknown", RESET, false, null, "run", IDS),
                new OutcomeUnknownException("held", null, true, null, "run", IDS),
                new DownloadException("not fetched", RESET, "https://v.example/1.mp4", "run", IDS),
                new VideoExpiredException("expired", "https://v.example/1.mp4", "run", IDS),
                new InFlightException("in flight", "run", IDS),
                new RejectedException("failed", "run", IDS));
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
    void onlyAnOutcomeWithATaskThatIsNotHeldGoesOn() {
        assertThat(new OutcomeUnknownException("late", null, false, "task", "run", IDS).isGoingOn())
                .isTrue();
        assertThat(new OutcomeUnknownException("held", null, true, "task", "run", IDS).isGoingOn())
                .isFalse();
        assertThat(new OutcomeUnknownException("lost", null, false, null, "run", IDS).isGoingOn())
                .isFalse();
    }

    @Test
    void anUnknownOutcomeNamesEveryIdThatALogIsSearchedBy() {
        var trace = Outcome.Trace.of(IDS);
        var messages = new FailureMessages("https://service.example/run");

        assertThat(messages.of(new Outcome.Unknown("silence", RESET, trace), "run", EMPTY))
                .hasMessageContainingAll("log id log", "ray id ray", "Run run");
        assertThat(messages.of(new Outcome.Held("silence", trace), "run", EMPTY))
                .hasMessageContainingAll("log id log", "ray id ray", "Run run");
        assertThat(messages.of(new Outcome.Unknown("silence", RESET, Outcome.Trace.UNANSWERED), "run", EMPTY))
                .message()
                .doesNotContain("log id", "ray id");
    }

    @Test
    void aRefusalIsNotBilledAndHasItsCause() {
        var refusal = new RejectedException("refused", RESET, "run", IDS);

        assertThat(refusal).hasCause(RESET);
        assertThat(refusal.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(refusal.retry()).isEqualTo(Retry.NEVER);
    }
}
