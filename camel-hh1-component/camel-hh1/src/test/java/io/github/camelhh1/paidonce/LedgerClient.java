package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledgers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Messages with keys, and the operations that read and settle the ledger. */
final class LedgerClient {
    private final TestContext bench;

    LedgerClient(TestContext bench) {
        this.bench = bench;
    }

    /** The sample image with these headers. */
    Processor sample(Map<String, ?> headers) {
        return exchange -> {
            exchange.getMessage().setHeaders(new HashMap<>(headers));
            exchange.getMessage().setBody(bench.simulator().sampleImageUrl());
        };
    }

    Processor keyed(String key) {
        return sample(Map.of(Hh1Constants.REQUEST_KEY, key));
    }

    Processor keyed(String key, String prompt) {
        return sample(Map.of(Hh1Constants.REQUEST_KEY, key, Hh1Constants.PROMPT, prompt));
    }

    /** The messages of one JMS id. */
    Processor jms(String id) {
        return sample(Map.of("JMSMessageID", id));
    }

    /** The message of a video that was given again, for nothing. */
    static Message replayed(SentMessage sent) {
        sent.video();
        Message message = sent.end().getMessage();
        assertThat(message.getHeaders())
                .containsEntry(Hh1Constants.REPLAYED, true)
                .containsEntry(Hh1Constants.ATTEMPTS, 0);
        return message;
    }

    /** The message of a video that was made now. */
    static Message made(SentMessage sent) {
        sent.video();
        Message message = sent.end().getMessage();
        assertThat(message.getHeaders()).containsEntry(Hh1Constants.REPLAYED, false);
        return message;
    }

    SentMessage operate(String uri, Object body, Map<String, ?> headers) {
        return bench.sendTo(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    SentMessage adopt(String runId, Object link) {
        return operate("hh1:adopt", link, Map.of(Hh1Constants.RUN_ID, runId));
    }

    SentMessage forget(String runId) {
        return operate("hh1:forget", null, Map.of(Hh1Constants.RUN_ID, runId));
    }

    List<Map<String, Object>> runs() {
        return runs(Map.of());
    }

    List<Map<String, Object>> runs(String state) {
        return runs(Map.of(Hh1Constants.RUN_STATE, state));
    }

    @SuppressWarnings("unchecked")
    List<Map<String, Object>> runs(Map<String, ?> headers) {
        SentMessage listed = operate("hh1:runs", null, headers);
        assertThat(listed.end().getException()).isNull();
        return listed.end().getMessage().getBody(List.class);
    }

    void ledgerIn(Path file) {
        restart(component -> component.setLedger(Ledgers.of("jdbc:sqlite:" + file)));
    }

    /** Everything stops, and starts anew. */
    void restart(Consumer<Hh1Component> options) {
        try {
            bench.context().getRouteController().stopAllRoutes();
            bench.restart(options);
            bench.context().getRouteController().startAllRoutes();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
