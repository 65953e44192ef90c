package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows 7 and 24: redelivery within one exchange, the way routes are written. */
class RedeliveryTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final List<Exception> seen = new CopyOnWriteArrayList<>();

    /** Five redeliveries of whatever fails, at once. */
    private SentMessage sendWithFiveRedeliveries(String options, Class<? extends Exception> of, Processor message) {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(of)
                        .maximumRedeliveries(5)
                        .redeliveryDelay(0)
                        .onRedelivery(
                                exchange -> seen.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
                from("direct:redelivering").to("hh1:generate?" + options);
            }
        });
        return CAMEL.sendTo("direct:redelivering", message);
    }

    private static void sample(Exchange exchange) {
        exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
    }

    static List<Reply> unknownOutcomes() {
        return List.of(
                Fault.resetAfterRequest(),
                Fault.closeAfterRequest(),
                Reply.html(504),
                Reply.completed().cutAfter(30));
    }

    @ParameterizedTest(name = "rows 7 and 24: {0}")
    @MethodSource("unknownOutcomes")
    void anUnknownOutcomeIsHeldAtEveryLaterTry(Reply reply) {
        CAMEL.simulator().script(reply);

        isHeldAfterOnePost(sendWithFiveRedeliveries("", Exception.class, RedeliveryTest::sample));
    }

    @Test
    void row24anAnswerThatNeverComesIsHeldAtEveryLaterTry() {
        CAMEL.simulator().script(Fault.silence());

        SentMessage sent = sendWithFiveRedeliveries("", Exception.class, RedeliveryTest::sample);
        await().until(() -> CAMEL.simulator().charges() == 1);
        CAMEL.letGenerationsTimeOut();

        isHeldAfterOnePost(sent);
    }

    private void isHeldAfterOnePost(SentMessage sent) {
        var last = sent.failure(OutcomeUnknownException.class);
        assertThat(last.held()).isTrue();
        assertThat(last).hasNoCause().hasMessageContaining(last.runId());
        assertThat(seen).hasSize(5);
        assertThat(((OutcomeUnknownException) seen.get(0)).held()).isFalse();
        assertThat(seen.subList(1, 5)).allMatch(failure -> ((OutcomeUnknownException) failure).held());
        assertThat(seen)
                .allMatch(failure -> ((OutcomeUnknownException) failure).runId().equals(last.runId()));
        assertThat(CAMEL.posts()).isEqualTo(1);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void row24aStreamedImageIsHeldAsWell() {
        CAMEL.simulator().script(Fault.resetAfterRequest());

        SentMessage sent =
                sendWithFiveRedeliveries("inlineImages=true", Exception.class, exchange -> exchange.getMessage()
                        .setBody(new ByteArrayInputStream(Images.png())));

        assertThat(sent.failure(OutcomeUnknownException.class).held()).isTrue();
        assertThat(CAMEL.posts()).isEqualTo(1);
    }

    @Test
    void row24clausesForIoAndHttpDoNotMatch() {
        CAMEL.simulator().script(Fault.resetAfterRequest());

        sendWithFiveRedeliveries("", IOException.class, RedeliveryTest::sample).failure(OutcomeUnknownException.class);

        assertThat(seen).isEmpty();
        assertThat(CAMEL.posts()).isEqualTo(1);
    }

    @Test
    void clausesForHttpMatchARefusal() {
        CAMEL.simulator().script(Reply.error(404, 7003, "No such model"));

        assertThat(sendWithFiveRedeliveries("", HttpOperationFailedException.class, RedeliveryTest::sample)
                        .video())
                .isNotEmpty();
        assertThat(seen).hasSize(1);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void aMessageThatWasNotSentIsSentByARedelivery() {
        CAMEL.simulator().refuseConnections();
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(NotSentException.class)
                        .maximumRedeliveries(5)
                        .redeliveryDelay(0)
                        .onRedelivery(exchange -> CAMEL.simulator().acceptConnections());
                from("direct:again").to("hh1:generate?maxAttempts=1");
            }
        });

        assertThat(CAMEL.sendTo("direct:again", RedeliveryTest::sample).video()).isNotEmpty();
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void row24catchingAndSendingAgainIsHeldToo() {
        CAMEL.simulator().script(Fault.closeAfterRequest());
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:stubborn")
                        .doTry()
                        .to("hh1:generate")
                        .doCatch(OutcomeUnknownException.class)
                        .to("hh1:generate")
                        .end();
            }
        });

        var failure = CAMEL.sendTo("direct:stubborn", RedeliveryTest::sample).failure(OutcomeUnknownException.class);

        assertThat(failure.held()).isTrue();
        assertThat(CAMEL.posts()).isEqualTo(1);
    }

    @Test
    void anotherMessageOfTheSameRequestIsAnotherRequest() {
        CAMEL.simulator().script(Fault.closeAfterRequest());
        CAMEL.send("").failure(OutcomeUnknownException.class);

        assertThat(CAMEL.send("").video()).isNotEmpty();
    }
}
