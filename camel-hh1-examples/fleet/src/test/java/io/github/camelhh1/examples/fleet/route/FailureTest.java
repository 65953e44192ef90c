package io.github.camelhh1.examples.fleet.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.KeyReuseException;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Candidate;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void aHeldRunIsToldWithItsCandidates() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(Hh1Constants.REASON, "no answer");
        exchange.getMessage()
                .setHeader(
                        Hh1Constants.CANDIDATES,
                        List.of(new Candidate(
                                "task-1", "SUCCEEDED", Instant.EPOCH, "https://v.example/1.mp4?Signature=s")));

        assertThat(Failure.of(exchange).reason()).isEqualTo("no answer; perhaps task task-1 (SUCCEEDED)");
    }

    /** The default prompt was changed after the photo's video was paid. */
    @Test
    void aPhotoWhoseKeyWasUsedWithOtherSettingsIsNotSaidToBeUnpaid() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(
                Exchange.EXCEPTION_CAUGHT, new KeyReuseException("Not sent: the key was used.", "run-1", CallIds.NONE));

        Failure failure = Failure.of(exchange);

        assertThat(failure.billing()).isEqualTo(Billing.UNKNOWN);
        assertThat(failure.run()).isEqualTo("run-1");
        assertThat(failure.reason()).contains("former defaults and redrive", "the key was used");
    }
}
