package io.github.camelhh1.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.KeyReuseException;
import io.github.camelhh1.ledger.CallIds;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** A failure that the component does not know: what it says of money. */
class ReasonTest {
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    private String reason() {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("broken"));
        return VideoRoutes.reason(exchange);
    }

    @Test
    void beforeTheCallNothingWasPaid() {
        assertThat(reason()).isEqualTo("broken (nothing was paid)");
    }

    @Test
    void withinTheCallItMayHaveBeenPaid() {
        exchange.getMessage().setHeader("CamelHh1RequestKey", "key");

        assertThat(reason()).startsWith("broken (it may have been paid");
    }

    @Test
    void withAVideoItWasPaid() {
        exchange.getMessage().setHeader("CamelHh1RequestKey", "key");
        exchange.getMessage().setHeader("CamelHh1VideoUrl", "https://v.example/1.mp4?Signature=s");
        exchange.getMessage().setHeader("CamelHh1RunId", "run-1");

        assertThat(reason())
                .startsWith("broken (the video was made and paid")
                .endsWith("run run-1)")
                .doesNotContain("Signature");
    }

    /** The route asks for another resolution since its program was updated. */
    @Test
    void ofAKeyThatWasUsedBeforeIsNotSaidThatNothingWasPaid() {
        exchange.getMessage().setHeader("CamelHh1RequestKey", "key");
        exchange.setProperty(
                Exchange.EXCEPTION_CAUGHT, new KeyReuseException("Not sent: the key was used.", "run-1", CallIds.NONE));

        assertThat(VideoRoutes.reason(exchange))
                .contains("the key was used", "an earlier request of this key may have been paid", "run run-1")
                .doesNotContain("nothing was paid");
    }
}
