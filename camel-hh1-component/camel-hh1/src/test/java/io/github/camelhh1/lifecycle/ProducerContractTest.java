package io.github.camelhh1.lifecycle;

import static io.github.camelhh1.Hh1Constants.RUN_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The contract of {@link AsyncProducer}: {@code done(true)} before {@code process} returns true, or {@code done(false)} on
 * another thread and {@code process} returns false. Each operation is held to it, with a message that it takes and with
 * one that it refuses.
 */
class ProducerContractTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static Exchange process(String uri, Processor message) throws Exception {
        AsyncProducer producer = CAMEL.context().getEndpoint(uri).createAsyncProducer();
        producer.start();
        Exchange exchange = producer.getEndpoint().createExchange();
        message.process(exchange);
        Thread caller = Thread.currentThread();
        var ended = new CompletableFuture<Boolean>();
        boolean sync = producer.process(exchange, doneSync -> {
            assertThat(Thread.currentThread() == caller)
                    .as("%s: doneSync=%s on the caller's thread", uri, doneSync)
                    .isEqualTo(doneSync);
            assertThat(ended.complete(doneSync)).as("%s: ended once", uri).isTrue();
        });
        if (sync) {
            assertThat(ended).as("%s: ended before it returned", uri).isCompletedWithValue(true);
        }
        assertThat(ended.get(TestContext.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(sync);
        producer.stop();
        return exchange;
    }

    private static Exchange process(String uri, Object body) throws Exception {
        return process(uri, (Processor) exchange -> exchange.getMessage().setBody(body));
    }

    private static void isTaken(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
    }

    private static void isRefused(Exchange exchange) {
        assertThat(exchange.getException()).isNotNull();
    }

    @Test
    void generate() throws Exception {
        isTaken(process("hh1:generate", CAMEL.simulator().sampleImageUrl()));
        isRefused(process("hh1:generate", "ftp://no.image/1"));
    }

    @Test
    void estimate() throws Exception {
        isTaken(process("hh1:estimate", CAMEL.simulator().sampleImageUrl()));
        isRefused(process("hh1:estimate", "ftp://no.image/1"));
    }

    @Test
    void download() throws Exception {
        String link = CAMEL.send("").video();

        isTaken(process("hh1:download?allowPrivateHosts=true", link));
        isRefused(process("hh1:download", link));
        isRefused(process("hh1:download", "no link"));
    }

    @Test
    void runs() throws Exception {
        isTaken(process("hh1:runs", ""));
        isRefused(process(
                "hh1:runs", (Processor) exchange -> exchange.getMessage().setHeader("CamelHh1RunLimit", "none")));
    }

    @Test
    void adoptAndForget() throws Exception {
        String link = CAMEL.send("").video();
        CAMEL.simulator().script(Fault.resetAfterRequest());
        String run = CAMEL.send("").failure(OutcomeUnknownException.class).runId();
        Processor message = exchange -> {
            exchange.getMessage().setHeader(RUN_ID, run);
            exchange.getMessage().setBody(link);
        };

        isTaken(process("hh1:adopt?allowPrivateHosts=true", message));
        isRefused(process("hh1:adopt?allowPrivateHosts=true", "no link"));
        isTaken(process("hh1:forget", message));
        isRefused(process("hh1:forget", message));
    }
}
