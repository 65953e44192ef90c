package io.github.camelhh1.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.StartedParts;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.MessageHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A stream that was read for a call, and is read again by somebody who holds it beyond the exchange of the call. */
class StreamsStayUsableTest {
    private static final byte[] PHOTO = Images.padded(1);

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final List<byte[]> read = new CopyOnWriteArrayList<>();

    @BeforeEach
    void failWithoutStreamCaching() {
        CAMEL.context().setStreamCaching(false);
        CAMEL.simulator().script(Fault.closeAfterRequest());
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:failing").to("hh1:generate?inlineImages=true");
                from("direct:caught")
                        .doTry()
                        .to("hh1:generate?inlineImages=true")
                        .doCatch(OutcomeUnknownException.class)
                        .wireTap("direct:tapped")
                        .end();
                from("direct:tapped").process(exchange -> {
                    ended.get(TestContext.LIMIT.toSeconds(), TimeUnit.SECONDS);
                    read.add(bytes(exchange));
                });
            }
        });
    }

    @AfterEach
    void nothingIsLeft() {
        ended.complete(null);
        await().untilAsserted(() -> assertThat(spooled()).isEmpty());
    }

    private static List<Path> spooled() throws IOException {
        try (Stream<Path> files = Files.walk(StartedParts.of(CAMEL.component()).privateDirectory())) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void photo(Exchange exchange) {
        exchange.getMessage().setBody(new ByteArrayInputStream(PHOTO));
    }

    private static byte[] bytes(Exchange exchange) {
        MessageHelper.resetStreamCache(exchange.getMessage());
        return exchange.getMessage().getBody(byte[].class);
    }

    @Test
    void byTheCallerOfATemplate() throws Exception {
        for (String uri : List.of("direct:failing", "hh1:generate?inlineImages=true")) {
            CAMEL.simulator().script(Fault.closeAfterRequest());
            try (ProducerTemplate template = CAMEL.context().createProducerTemplate()) {
                Exchange failed = template.send(uri, StreamsStayUsableTest::photo);

                assertThat(failed.getException()).isInstanceOf(OutcomeUnknownException.class);
                assertThat(bytes(failed)).isEqualTo(PHOTO);
                assertThat(bytes(failed)).isEqualTo(PHOTO);
            }
        }
    }

    @Test
    void byAWireTapThatIsLate() {
        CAMEL.sendTo("direct:caught", StreamsStayUsableTest::photo).end();
        ended.complete(null);

        await().until(() -> !read.isEmpty());
        assertThat(read).containsExactly(PHOTO);
    }
}
