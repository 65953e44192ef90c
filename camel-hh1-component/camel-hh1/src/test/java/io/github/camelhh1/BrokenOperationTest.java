package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** An operation whose stage fails has a defect. Its exchange must not go on as if it had succeeded. */
class BrokenOperationTest {

    private static Exchange processed(CompletionStage<?> ending) throws Exception {
        var context = new DefaultCamelContext();
        try {
            context.start();
            var endpoint = context.getEndpoint("hh1:runs", Hh1Endpoint.class);
            var producer = new Hh1Producer(endpoint, options -> exchange -> ending);
            producer.start();
            var exchange = new DefaultExchange(context);
            producer.process(exchange);
            producer.stop();
            return exchange;
        } finally {
            context.stop();
        }
    }

    @Test
    void theExchangeFailsWithoutACauseThatARouteMatches() throws Exception {
        var defect = new StackOverflowError("deep");

        Exchange exchange = processed(CompletableFuture.failedStage(defect));

        assertThat(exchange.getException())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("hh1:", "may have taken effect", "deep")
                .hasNoCause()
                .hasSuppressedException(defect);
    }

    @Test
    void anExchangeWhoseOperationSucceedsHasNoFailure() throws Exception {
        assertThat(processed(CompletableFuture.completedStage(null)).getException())
                .isNull();
    }
}
