package io.github.camelhh1.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.failure.ThrottledException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.observe.KeptSpans.Kept;
import io.github.camelhh1.simulator.Reply;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.telemetry.Tracer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The spans of messages, as an application that traces gets them. */
class SpansTest {
    private static final String PROMPT = "a dancing horse";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final KeptSpans tracer = new KeptSpans();

    @BeforeEach
    void trace() {
        tracer.setTraceProcessors(true);
        tracer.setCamelContext(CAMEL.context());
        tracer.init(CAMEL.context());
        assertThat(CAMEL.context().hasService(Tracer.class)).isSameAs(tracer);
    }

    private Map<String, String> tags(String operation) {
        assertThat(tracer.of(operation)).hasSize(1);
        return tracer.of(operation).get(0).tags();
    }

    @Test
    void haveModelOutcomeAttemptsAndIds() {
        CAMEL.simulator().script(Reply.throttled(), Reply.completed());
        SentMessage sent = CAMEL.send("");
        sent.video();

        Map<String, Object> headers = sent.end().getMessage().getHeaders();
        assertThat(tags("generate"))
                .containsEntry("component", "camel-hh1")
                .containsEntry("url.path", "generate")
                .containsEntry("hh1.model", "alibaba/hh1-i2v")
                .containsEntry("hh1.outcome", "Completed")
                .containsEntry("hh1.attempts", "2")
                .containsEntry("hh1.replayed", "false")
                .containsEntry("hh1.runId", (String) headers.get(Hh1Constants.RUN_ID))
                .containsEntry("hh1.logId", (String) headers.get(Hh1Constants.LOG_ID))
                .containsEntry("hh1.rayId", (String) headers.get(Hh1Constants.RAY_ID))
                .doesNotContainKey("url.query");
        assertThat(tracer.of("generate").get(0).errors()).isEmpty();
    }

    @Test
    void sayHowAMessageFailed() {
        CAMEL.simulator().when(request -> true).reply(Reply.throttled());
        ThrottledException failure = CAMEL.send("maxAttempts=2").failure(ThrottledException.class);

        Kept span = tracer.of("generate").get(0);
        assertThat(span.errors()).containsExactly(true);
        assertThat(span.logs()).singleElement().satisfies(log -> assertThat(log)
                .containsEntry("message", "ThrottledException"));
        assertThat(span.tags())
                .containsEntry("hh1.outcome", "Throttled")
                .containsEntry("hh1.attempts", "2")
                .containsEntry("hh1.billing", "NOT_BILLED")
                .containsEntry("hh1.runId", failure.runId())
                .containsEntry("http.status_code", "429");
    }

    @Test
    void neverHoldThePrompt() {
        CAMEL.simulator()
                .script(Reply.completed(), Reply.error(400, 7003, "the prompt '" + PROMPT + "' is not allowed"));
        CAMEL.send("prompt=RAW(" + PROMPT + ")&seed=1").video();
        CAMEL.send("prompt=RAW(" + PROMPT + ")&seed=2").failure(RejectedException.class);

        assertThat(tracer.of("generate")).hasSize(2);
        assertThat(tracer.ended.toString()).doesNotContain("dancing").doesNotContain("seed=");
    }

    @Test
    void areOfTheirStepOnly() {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:both").to("hh1:generate").to("hh1:estimate");
            }
        });
        CAMEL.sendTo("direct:both", exchange -> exchange.getMessage()
                        .setBody(CAMEL.simulator().sampleImageUrl()))
                .end();

        assertThat(tags("generate")).containsEntry("hh1.outcome", "Completed");
        assertThat(tags("estimate")).doesNotContainKeys("hh1.outcome", "hh1.attempts", "hh1.logId");
    }
}
