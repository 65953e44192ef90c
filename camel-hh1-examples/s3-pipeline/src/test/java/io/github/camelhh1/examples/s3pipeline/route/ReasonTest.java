package io.github.camelhh1.examples.s3pipeline.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Candidate;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ReasonTest {
    private static final Instant CREATED = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void aNoteOfAnUnknownRunNamesItsCandidatesWithTheirLinks() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(AWS2S3Constants.KEY, "cat.png");
        var unknown = new OutcomeUnknownException(
                "no answer",
                null,
                true,
                null,
                "run-1",
                CallIds.NONE,
                List.of(
                        new Candidate("task-1", "SUCCEEDED", CREATED, "https://v.example/1.mp4?Signature=s"),
                        new Candidate("task-2", "RUNNING", CREATED, null)));

        assertThat(Reason.of(exchange, unknown).toString())
                .contains(
                        "Perhaps:       task task-1, created at 2026-01-31T12:00:00Z, SUCCEEDED"
                                + " https://v.example/1.mp4?Signature=s",
                        "Perhaps:       task task-2, created at 2026-01-31T12:00:00Z, RUNNING",
                        "-Dpipeline.adopt=run-1");
    }

    /** It answers again with the same failure until it is forgotten. */
    @Test
    void aNoteOfARunThatBeganAndBroughtNoVideoSaysHowItIsForgotten() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(AWS2S3Constants.KEY, "cat.png");
        var failed = new RejectedException("it failed", "run-1", CallIds.NONE);

        assertThat(Reason.of(exchange, failed).toString()).contains("-Dpipeline.forget=run-1 -Dpipeline.state=FAILED");
    }
}
