package io.github.camelhh1.examples.filedrop.photo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Candidate;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ErrorNoteTest {
    private static final Instant CREATED = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void aNoteOfAnUnknownRunNamesItsCandidatesWithTheirLinks() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        Photo.recalled(Path.of("drop", "failed", "cat.png"), "cat").keepIn(exchange);
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

        assertThat(ErrorNote.of(exchange, unknown).toString())
                .contains(
                        "Perhaps:       task task-1, created at 2026-01-31T12:00:00Z, SUCCEEDED"
                                + " https://v.example/1.mp4?Signature=s",
                        "Perhaps:       task task-2, created at 2026-01-31T12:00:00Z, RUNNING",
                        "-Ddrop.adopt=run-1");
    }
}
