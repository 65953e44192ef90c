package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import io.github.camelhh1.simulator.Reply;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The key is asked for per call; a supplier that fails costs nothing but the call. */
class ApiKeySupplierTest extends CamelTestSupport {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension();

    private Exception generate(Supplier<String> key) {
        context.getRegistry().bind("key", key);
        var simulator = SIMULATOR.simulator();
        return template.request(
                        "hh1:generate?apiKeySupplier=#key&retryDelay=1&maxAttempts=2&baseUrl=" + simulator.baseUrl()
                                + "&accountId=" + simulator.account(),
                        exchange -> exchange.getMessage().setBody(simulator.sampleImageUrl()))
                .getException();
    }

    @Test
    void givesTheKeyOfEachCall() {
        assertThat(generate(() -> SIMULATOR.simulator().apiKey() + "\n")).isNull();
        assertThat(SIMULATOR.simulator().requests()).singleElement().satisfies(request -> assertThat(
                        request.header("Authorization"))
                .isEqualTo("Bearer " + SIMULATOR.simulator().apiKey()));
    }

    @Test
    void thatFailsMeansNotSent() {
        Exception failure = generate(() -> {
            throw new IllegalStateException("the vault is sealed");
        });
        assertThat(failure)
                .isInstanceOfSatisfying(
                        NotSentException.class, e -> assertThat(e.billing()).isEqualTo(Billing.NOT_BILLED))
                .hasMessageContaining("the vault is sealed");
        assertThat(SIMULATOR.simulator().requests()).isEmpty();
    }

    @Test
    void thatFailsAtTheSecondAttemptSendsNothingAgain() {
        SIMULATOR.simulator().script(Reply.throttled());
        var asked = new AtomicInteger();
        Exception failure = generate(() -> {
            if (asked.incrementAndGet() > 1) {
                throw new IllegalStateException("the vault is sealed");
            }
            return SIMULATOR.simulator().apiKey();
        });

        assertThat(failure).isInstanceOf(NotSentException.class).hasMessageContaining("the vault is sealed");
        assertThat(SIMULATOR.simulator().requests()).hasSize(1);
        assertThat(SIMULATOR.simulator().charges()).isZero();
    }

    @Test
    void thatGivesNothingIsInvalid() {
        assertThat(generate(() -> " "))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("apiKeySupplier");
        assertThat(SIMULATOR.simulator().requests()).isEmpty();
    }
}
