package io.github.camelhh1.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.failure.BusyException;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Components and producers that come, go and come again while their context runs. */
class StartsAndStopsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @Test
    void aStartedRouteWorksOnAfterItsComponentWasRestarted() {
        assertThat(CAMEL.send("").video()).isNotEmpty();

        CAMEL.component().stop();
        CAMEL.component().start();

        assertThat(CAMEL.send("").video()).isNotEmpty();
        assertThat(CAMEL.simulator().charges()).isEqualTo(2);
    }

    @Test
    void aMessageMeetsAStoppedComponentWithoutBeingPaid() {
        CAMEL.send("").video();
        CAMEL.component().stop();

        assertThat(CAMEL.send("").failure(BusyException.class)).hasMessageContaining("Nothing is billed");
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        CAMEL.component().start();
    }

    @Test
    void aRemovedComponentLeavesNothingInTheContext() {
        int before = CAMEL.context().getLifecycleStrategies().size();

        for (int i = 0; i < 5; i++) {
            CAMEL.context().addComponent("other", new Hh1Component(CAMEL.context()));
            CAMEL.context().removeComponent("other");
        }

        assertThat(CAMEL.context().getLifecycleStrategies()).hasSize(before);
    }

    /** A component whose producers are counted while they are started. */
    private static final class Counted extends DefaultComponent {
        private final AtomicInteger started = new AtomicInteger();
        private final AtomicInteger everStarted = new AtomicInteger();

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    return new DefaultProducer(this) {
                        @Override
                        public void process(Exchange exchange) {
                            exchange.getMessage().setBody("https://images.example/1.png");
                        }

                        @Override
                        protected void doStart() {
                            started.incrementAndGet();
                            everStarted.incrementAndGet();
                        }

                        @Override
                        protected void doStop() {
                            started.decrementAndGet();
                        }
                    };
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    throw new UnsupportedOperationException();
                }
            };
        }
    }

    @Test
    void aProducerThatDoesNotStartLeavesNoStagingBehind() {
        var counted = new Counted();
        CAMEL.context().addComponent("counted", counted);
        String options = "lazyStartProducer=true&stagingUri=counted:there&requestKey=";

        for (int i = 0; i < 5; i++) {
            SentMessage sent = CAMEL.send(options + "RAW(${bodyy.no})", exchange -> exchange.getMessage()
                    .setBody(Images.png()));
            assertThat(sent.end().getException()).isNotNull();
        }
        assertThat(counted.started).hasValue(0);

        CAMEL.send(options + "known", exchange -> exchange.getMessage().setBody(Images.png()))
                .end();
        assertThat(counted.everStarted).hasPositiveValue();
        assertThat(CAMEL.simulator().charges()).isZero();
    }

    @Test
    void anEndpointCannotBeAConsumer() {
        assertThatThrownBy(() -> CAMEL.context().getEndpoint("hh1:generate").createConsumer(exchange -> {}))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith("You cannot receive messages from this endpoint");
    }
}
