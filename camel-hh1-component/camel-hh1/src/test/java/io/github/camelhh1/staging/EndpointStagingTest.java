package io.github.camelhh1.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.staging.contract.StagingContract;
import io.github.camelhh1.staging.contract.StagingSite;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

class EndpointStagingTest extends StagingContract {
    @Override
    protected StagingSite open() throws IOException {
        return new Routes(new ServedDirectory());
    }

    /** Where the endpoint that settles a run cannot remove its image, it says so. */
    @Test
    void aLinkThatIsSaidToStayIsSaidWithoutItsQuery() throws Exception {
        simulator().script(Reply.completed().cutAfter(20));
        var lost = (OutcomeUnknownException) generate(png(3)).getException();
        try (CapturedLog log = CapturedLog.start()) {
            var template = context.createProducerTemplate();
            Exchange forgotten = template.request(
                    "hh1:forget", exchange -> exchange.getMessage().setHeader(Hh1Constants.RUN_ID, lost.runId()));
            assertThat(forgotten.getException()).isNull();
            assertThat(log.text())
                    .contains("stay where they are", "endpoint:" + name(png(3)))
                    .doesNotContain("hidden");
        }
    }

    private final Map<String, Exchange> seen = new ConcurrentHashMap<>();

    /** Exchanges to staging endpoints are not those of the callers, and have the ids of the callers. */
    private Exchange sent(String options, String breadcrumb, Map<String, String> headers) throws Exception {
        seen.clear();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (String step : new String[] {"store", "remove"}) {
                    from("direct:seen-" + step)
                            .process(exchange -> seen.put(step, exchange.copy()))
                            .to("direct:contract-" + step);
                }
            }
        });
        return context.createProducerTemplate()
                .request(
                        "hh1:generate?" + options + "stagingUri=direct:seen-store&stagingCleanupUri=direct:seen-remove",
                        exchange -> {
                            exchange.getMessage().setBody(png(3));
                            exchange.getMessage().setHeader(Exchange.BREADCRUMB_ID, breadcrumb);
                            headers.forEach(exchange.getMessage()::setHeader);
                        });
    }

    private void assertCorrelated(String step, Exchange sent) {
        Exchange exchange = seen.get(step);
        assertThat(exchange).as(step).isNotNull();
        assertThat(exchange.getMessage().getHeader(Exchange.BREADCRUMB_ID))
                .isEqualTo(sent.getMessage().getHeader(Exchange.BREADCRUMB_ID));
        assertThat(exchange.getProperty(Exchange.CORRELATION_ID)).isEqualTo(sent.getExchangeId());
        assertThat(exchange.getMessage().getMessageId())
                .isEqualTo(sent.getMessage().getMessageId());
        assertThat(exchange.getExchangeId()).isNotEqualTo(sent.getExchangeId());
    }

    @Test
    void bothRoutesAreToldWhoseMessageItIs() throws Exception {
        var chosen = Map.of("traceparent", "00-a-b-01", "tracestate", "a=b", "CamelHh1Correlation", "tenant 7");
        var headers = new HashMap<>(chosen);
        headers.put("Authorization", "secret");
        Exchange sent = sent("", "b-1", headers);
        assertThat(sent.getException()).isNull();
        for (String step : new String[] {"store", "remove"}) {
            assertCorrelated(step, sent);
            assertThat(seen.get(step).getMessage().getHeaders())
                    .containsAllEntriesOf(chosen)
                    .doesNotContainKey("Authorization");
        }
    }

    @Test
    void theOptionCorrelationIsAHeaderThere() throws Exception {
        String option = "correlation=tenant ${header.breadcrumbId}&";
        assertThat(sent(option, "b-1", Map.of()).getException()).isNull();
        assertThat(seen.get("store").getMessage().getHeaders()).containsEntry(Hh1Constants.CORRELATION, "tenant b-1");
    }

    @Test
    void aRemovalByForgetIsOneOfTheForgettingMessage() throws Exception {
        simulator().script(Reply.completed().cutAfter(20));
        var lost = (OutcomeUnknownException) sent("", "b-1", Map.of()).getException();
        assertThat(seen).containsOnlyKeys("store");
        Exchange forgotten = context.createProducerTemplate()
                .request("hh1:forget?stagingUri=direct:seen-store&stagingCleanupUri=direct:seen-remove", exchange -> {
                    exchange.getMessage().setHeader(Exchange.BREADCRUMB_ID, "b-2");
                    exchange.getMessage().setHeader(Hh1Constants.RUN_ID, lost.runId());
                });
        assertThat(forgotten.getException()).isNull();
        assertCorrelated("remove", forgotten);
    }

    /** As with a route that names each copy anew, or with S3 after a restart. */
    @Test
    void theImageOfAnUnknownAttemptGoesWhenTheNextAttemptHasTheVideo() throws Exception {
        var puts = new AtomicInteger();
        List<String> left = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:copy").process(exchange -> {
                    String link = simulator().sampleImageUrl() + "?copy=" + puts.incrementAndGet();
                    left.add(link);
                    exchange.getMessage().setBody(link);
                });
                from("direct:drop")
                        .process(exchange -> left.remove(exchange.getMessage().getBody(String.class)));
            }
        });
        simulator().script(Reply.completed().cutAfter(20));
        Exchange sent = context.createProducerTemplate()
                .request(
                        "hh1:generate?onUnknown=resend&stagingUri=direct:copy&stagingCleanupUri=direct:drop",
                        exchange -> exchange.getMessage().setBody(png(3)));
        assertThat(sent.getException()).isNull();
        assertThat(puts).hasValue(2);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(left).isEmpty());
    }

    /** A route that stores, and one that removes. */
    private static final class Routes implements StagingSite {
        private final ServedDirectory served;
        private final AtomicInteger puts = new AtomicInteger();
        private volatile boolean refusing;

        Routes(ServedDirectory served) {
            this.served = served;
        }

        @Override
        public void configure(CamelContext context) throws Exception {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:contract-store").process(Routes.this::store);
                    from("direct:contract-remove").process(Routes.this::remove);
                }
            });
        }

        private Path file(Exchange exchange) throws IOException {
            if (refusing) {
                throw new IOException("the store is closed");
            }
            return served.directory().resolve(exchange.getMessage().getHeader(Hh1Constants.IMAGE_NAME, String.class));
        }

        private void store(Exchange exchange) throws IOException {
            Path file = file(exchange);
            puts.incrementAndGet();
            Path part = Files.createTempFile(null, null);
            try (InputStream in = exchange.getMessage().getBody(InputStream.class)) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
            if (Files.size(file) != exchange.getMessage().getHeader(Exchange.CONTENT_LENGTH, Long.class)) {
                throw new IOException("not the length that the header says");
            }
            exchange.getMessage()
                    .setBody(served.baseUrl() + file.getFileName() + "?Expires=1&Signature=secret&token=hidden");
        }

        private void remove(Exchange exchange) throws IOException {
            Path file = file(exchange);
            String url = exchange.getMessage().getBody(String.class);
            if (!url.startsWith(served.baseUrl() + file.getFileName())) {
                throw new IOException("not the URL that the store gave");
            }
            Files.delete(file);
        }

        @Override
        public String options() {
            return "stagingUri=direct:contract-store&stagingCleanupUri=direct:contract-remove";
        }

        @Override
        public Set<String> images() {
            return served.names();
        }

        @Override
        public Object stamp(String name) {
            return puts.get();
        }

        @Override
        public void refusePuts(String name) {
            refusing = true;
        }

        @Override
        public void refuseRemovals(String name) {
            refusing = true;
        }

        @Override
        public void behave() {
            refusing = false;
            served.empty();
        }

        @Override
        public void close() throws IOException {
            served.close();
        }
    }
}
