package io.github.camelhh1.composing;

import io.github.camelhh1.simulator.Hh1Simulator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Resilience4jConfigurationDefinition;
import org.apache.camel.saga.InMemorySagaService;

/** One route of many patterns, for {@link VirtualThreadsWithPatternsTest}: says how many videos it read, and were paid. */
final class EveryPatternMain {
    private static final int PHOTOS = 12;

    private EveryPatternMain() {}

    public static void main(String[] arguments) throws Exception {
        var read = new CountDownLatch(2 * PHOTOS);
        try (Hh1Simulator simulator = Hh1Simulator.builder().rendering(false).start();
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.addService(new InMemorySagaService());
            context.addRoutes(new Patterns(simulator, read));
            context.start();
            for (int seed = 0; seed < PHOTOS; seed++) {
                context.createProducerTemplate()
                        .sendBodyAndHeader(
                                "seda:photo?waitForTaskToComplete=Never", simulator.sampleImageUrl(), "seed", seed);
            }
            boolean all = read.await(200, TimeUnit.SECONDS);
            System.out.println("all=" + all + " paid=" + simulator.charges());
        }
    }

    private static final class Patterns extends RouteBuilder {
        private final Hh1Simulator simulator;
        private final CountDownLatch read;

        Patterns(Hh1Simulator simulator, CountDownLatch read) {
            this.simulator = simulator;
            this.read = read;
        }

        private void read(Exchange exchange) {
            if (exchange.getMessage().getBody(byte[].class).length > 1_000) {
                read.countDown();
            }
        }

        @Override
        public void configure() {
            var configuration = new Resilience4jConfigurationDefinition();
            configuration.setTimeoutEnabled("true");
            configuration.setTimeoutDuration("100000");
            var breaker = from("seda:photo?concurrentConsumers=4")
                    .throttle(4)
                    .concurrentRequestsMode()
                    .threads(4)
                    .circuitBreaker();
            breaker.setResilience4jConfiguration(configuration);
            breaker.to("direct:video").end().to("direct:read");
            from("direct:video")
                    .saga()
                    .toD("hh1:generate?seed=${header.seed}&output=video&allowPrivateHosts=true&accountId="
                            + simulator.account() + "&apiKey=" + simulator.apiKey() + "&baseUrl=RAW("
                            + simulator.baseUrl() + ")");
            from("direct:read")
                    .wireTap("direct:tap")
                    .multicast()
                    .parallelProcessing()
                    .to("direct:group", "mock:other");
            from("direct:tap").process(this::read);
            from("direct:group")
                    .aggregate(constant(true), AggregationStrategies.groupedBody())
                    .completionSize(3)
                    .split(body())
                    .process(this::read);
        }
    }
}
