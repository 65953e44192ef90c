package io.github.camelhh1.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.bench.CapturedLog;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.staging.contract.StagingContract;
import io.github.camelhh1.staging.contract.StagingSite;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
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
