package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.BusyException;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import io.github.camelhh1.simulator.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** For every fault of a store the message ends, and nothing is paid. */
class StagingFaultsTest extends CamelTestSupport {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension();

    private final CountDownLatch staging = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        var simulator = SIMULATOR.simulator();
        var configuration = context.getComponent("hh1", Hh1Component.class).getConfiguration();
        configuration.setBaseUrl(simulator.baseUrl());
        configuration.setLookup(false);
        configuration.setAccountId(simulator.account());
        configuration.setApiKey(simulator.apiKey());
        context.getShutdownStrategy().setTimeout(300);
        return context;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:blocked").process(exchange -> {
                    staging.countDown();
                    never.await(300, TimeUnit.SECONDS);
                });
                from("direct:broken").process(exchange -> exchange.getMessage().setBody(new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the store's answer broke off");
                    }
                }));
                from("direct:words").setBody(constant("stored!"));
                from("direct:photo").to("hh1:generate?stagingUri=direct:blocked");
            }
        };
    }

    private Exchange generate(String options) {
        return template.request("hh1:generate?" + options, e -> e.getMessage().setBody(Images.png()));
    }

    private void isNotSent(Exchange exchange, String because) {
        assertThat(exchange.getException())
                .isInstanceOfSatisfying(
                        NotSentException.class, e -> assertThat(e.billing()).isEqualTo(Billing.NOT_BILLED))
                .hasMessageContaining(because);
        assertThat(SIMULATOR.simulator().requests()).isEmpty();
    }

    @Test
    void anAnswerThatCannotBeReadIsNotSent() {
        isNotSent(generate("stagingUri=direct:broken"), "could not be staged");
    }

    @Test
    void anAnswerThatIsNoLinkIsNotSent() {
        isNotSent(generate("stagingUri=direct:words"), "must leave the image's http(s) URL");
    }

    @Test
    void noAnswerEndsAtGenerationTimeout() {
        isNotSent(generate("stagingUri=direct:blocked&generationTimeout=300"), "generationTimeout");
        never.countDown();
    }

    @Test
    void stoppingEndsItInTimeAndSendsNothing() throws Exception {
        context.getShutdownStrategy().setTimeout(5);
        CompletableFuture<Exchange> photo =
                template.asyncSend("direct:photo", e -> e.getMessage().setBody(Images.png()));
        assertThat(staging.await(60, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(context::stop);
        await().until(photo::isDone);
        assertThat(photo.get().getException()).isInstanceOf(BusyException.class).hasMessageContaining("stopping");
        assertThat(SIMULATOR.simulator().requests()).isEmpty();
        never.countDown();
        stopped.get(60, TimeUnit.SECONDS);
    }

    @Test
    void aBlankHeaderIsNoImage() {
        Exchange exchange = template.request(
                "hh1:generate?inlineImages=true&image=" + SIMULATOR.simulator().sampleImageUrl(), e -> {
                    e.getMessage().setBody(Images.png());
                    e.getMessage().setHeader(Hh1Constants.IMAGE, " ");
                });
        assertThat(exchange.getException()).isNull();
        assertThat(SIMULATOR.simulator().requests()).singleElement().satisfies(request -> assertThat(request.image())
                .startsWith("data:image/png"));
    }

    @Test
    void aKeyExpressionThatFailsIsInvalid() {
        Exchange exchange = template.request("hh1:generate?requestKey=${body.nothing}", e -> e.getMessage()
                .setBody(SIMULATOR.simulator().sampleImageUrl()));
        assertThat(exchange.getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("requestKey");
    }

    @Test
    void aCutAnswerKeepsTheServicesIds() throws Exception {
        SIMULATOR.simulator().script(Reply.completed().cutAfter(20));
        Exchange exchange = template.request("hh1:generate", e -> e.getMessage()
                .setBody(SIMULATOR.simulator().sampleImageUrl()));
        assertThat(exchange.getException()).isInstanceOfSatisfying(OutcomeUnknownException.class, e -> {
            assertThat(e.httpStatus()).isEqualTo(200);
            assertThat(e.logId()).isNotBlank();
            assertThat(e.rayId()).isNotBlank();
        });
        assertThat(((OutcomeUnknownException) written(exchange.getException())).logId())
                .isEqualTo(((OutcomeUnknownException) exchange.getException()).logId());
    }

    private static Object written(Object failure) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
