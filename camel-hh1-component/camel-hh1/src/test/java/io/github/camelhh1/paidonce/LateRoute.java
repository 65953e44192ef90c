package io.github.camelhh1.paidonce;

import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.TestContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.ScheduledPollConsumer;

/** A route that consumes late results, and looks for them every few milliseconds. */
final class LateRoute {
    /** Takes each exchange and ends it when the test says so. */
    static final class Gate extends AsyncProcessorSupport {
        private final List<AsyncCallback> waiting = new CopyOnWriteArrayList<>();

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            waiting.add(callback);
            return false;
        }

        int waiting() {
            return waiting.size();
        }

        void open() {
            List<AsyncCallback> all = List.copyOf(waiting);
            waiting.removeAll(all);
            all.forEach(callback -> callback.done(false));
        }
    }

    private final CamelContext context;
    private final String id;
    private final List<String> completed = new CopyOnWriteArrayList<>();

    private LateRoute(CamelContext context, String id) {
        this.context = context;
        this.id = id;
    }

    /** @param endpoint {@code recovered} or {@code held}, with options */
    static LateRoute from(CamelContext context, String endpoint, Processor steps) {
        var route = new LateRoute(context, "late-" + context.getRoutesSize());
        String options = (endpoint.contains("?") ? "&" : "?") + "initialDelay=0&delay=5";
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    var from = from("hh1:" + endpoint + options).routeId(route.id);
                    from.process(steps)
                            .process(exchange -> route.completed.add(
                                    exchange.getMessage().getHeader(Hh1Constants.RUN_ID, String.class)));
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return route;
    }

    /** The runs whose exchange came to the end of the route. */
    List<String> completed() {
        return completed;
    }

    ScheduledPollConsumer consumer() {
        return (ScheduledPollConsumer) context.getRoute(id).getConsumer();
    }

    /** Waits until it has begun to look into the ledger twice more, so that nothing it might find is left. */
    void looksAgain() {
        long seen = consumer().getCounter();
        await().pollInterval(Duration.ofMillis(2))
                .atMost(TestContext.LIMIT)
                .until(() -> consumer().getCounter() > seen + 1);
    }

    void stop() throws Exception {
        context.getRouteController().stopRoute(id);
    }
}
