package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes may block: they go on where nothing of the component waits behind them. */
class CallbackThreadTest extends CamelTestSupport {
    private static final int MESSAGES = 20;

    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension();

    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    /** Held until the first ones have filled the pool, so that the others find it busy. */
    private final CountDownLatch busy = new CountDownLatch(4);

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                var simulator = SIMULATOR.simulator();
                var hh1 = getContext().getComponent("hh1", Hh1Component.class);
                hh1.setMaxInFlight(MESSAGES);
                hh1.getConfiguration().setBaseUrl(simulator.baseUrl());
                hh1.getConfiguration().setAccountId(simulator.account());
                hh1.getConfiguration().setApiKey(simulator.apiKey());
                from("direct:start").to("hh1:generate").process(exchange -> {
                    threads.add(Thread.currentThread().getName());
                    busy.countDown();
                    busy.await(5, TimeUnit.SECONDS);
                });
            }
        };
    }

    @Test
    void routesGoOnOnCallbackThreadsOnlyHoweverManyAnswersComeAtOnce() throws Exception {
        String image = SIMULATOR.simulator().sampleImageUrl();
        var answers = new ArrayList<Future<Object>>();
        for (int i = 0; i < MESSAGES; i++) {
            answers.add(template.asyncRequestBody("direct:start", image));
        }
        for (Future<Object> answer : answers) {
            assertThat(answer.get(60, TimeUnit.SECONDS).toString()).contains(".mp4");
        }
        assertThat(threads).isNotEmpty().allSatisfy(name -> assertThat(name).contains("hh1-callback"));
    }
}
