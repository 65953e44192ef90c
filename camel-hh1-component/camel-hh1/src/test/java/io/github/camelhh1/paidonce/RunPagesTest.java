package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of {@code hh1:runs}, and how many runs there are in all. */
class RunPagesTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    @TempDir
    private Path directory;

    private void photos(String ledger) {
        LEDGER.restart(component -> component.setLedger(
                ledger.equals("memory") ? Ledgers.memory() : Ledgers.of(ledger + directory.resolve("hh1"))));
        for (int i = 0; i < 5; i++) {
            String key = "key-" + i;
            String name = "photo-" + i + ".jpg";
            if (i == 1) {
                CAMEL.simulator().script(Fault.closeAfterRequest());
            }
            SentMessage sent = CAMEL.send(
                    "", LEDGER.sample(Map.of(Hh1Constants.REQUEST_KEY, key, Exchange.FILE_NAME, "in/" + name)));
            if (i == 1) {
                sent.failure(OutcomeUnknownException.class);
            } else {
                LedgerClient.made(sent);
            }
        }
    }

    private static void lists(Map<String, Object> headers, long total, String... keys) {
        Message listed = LEDGER.operate("hh1:runs", null, headers).end().getMessage();
        List<?> runs = listed.getBody(List.class);
        assertThat(runs)
                .extracting(run -> ((Map<?, ?>) run).get("key").toString())
                .containsExactly(keys);
        assertThat(listed.getHeader(Hh1Constants.RUN_TOTAL)).isEqualTo(total);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "jdbc:sqlite:", "jdbc:h2:file:"})
    void sayTheTotal(String ledger) {
        photos(ledger);
        lists(Map.of(), 5, "key-4", "key-3", "key-2", "key-1", "key-0");
        lists(Map.of(Hh1Constants.RUN_LIMIT, 2), 5, "key-4", "key-3");
        lists(Map.of(Hh1Constants.RUN_LIMIT, 2, Hh1Constants.RUN_OFFSET, 4), 5, "key-0");
        lists(Map.of(Hh1Constants.RUN_LIMIT, 2, Hh1Constants.RUN_OFFSET, 9), 5);
        lists(Map.of(Hh1Constants.RUN_STATE, "COMPLETED", Hh1Constants.RUN_LIMIT, 1), 4, "key-4");
        lists(Map.of(Hh1Constants.RUN_STATE, "FAILED"), 0);
        lists(Map.of(Hh1Constants.RUN_NAME, "photo-3.mp4"), 1, "key-3");
        lists(Map.of(Hh1Constants.RUN_NAME, "photo", Hh1Constants.RUN_STATE, "UNKNOWN"), 1, "key-1");
        lists(Map.of(Hh1Constants.RUN_NAME, "%"), 0);
        lists(Map.of(Hh1Constants.RUN_ACCOUNT, CAMEL.simulator().account(), Hh1Constants.RUN_LIMIT, 1), 5, "key-4");
        lists(Map.of(Hh1Constants.RUN_ACCOUNT, "another"), 0);
        Object newest = LEDGER.runs().get(0).get("createdAt");
        lists(Map.of(Hh1Constants.RUN_SINCE, newest, Hh1Constants.RUN_NAME, "photo-4"), 1, "key-4");
        lists(Map.of(Hh1Constants.RUN_SINCE, "24h", Hh1Constants.RUN_LIMIT, 1), 5, "key-4");
        lists(Map.of(Hh1Constants.RUN_SINCE, Duration.ofDays(1), Hh1Constants.RUN_LIMIT, 1), 5, "key-4");
        lists(Map.of(Hh1Constants.RUN_SINCE, "2999-01-01"), 0);
    }

    @Test
    void changeNoAccountOfAGeneration() {
        var headers = new HashMap<String, Object>();
        headers.put(Hh1Constants.RUN_ACCOUNT, "another");
        LedgerClient.made(CAMEL.send("", LEDGER.sample(headers)));
        assertThat(LEDGER.runs()).singleElement().satisfies(run -> assertThat(run)
                .containsEntry("account", CAMEL.simulator().account()));
    }

    @Test
    void areRefusedForAHeaderThatIsWrongAndTheLedgerIsNotAsked() {
        photos("jdbc:sqlite:");
        SentMessage sent = LEDGER.operate(
                "hh1:runs", "body", Map.of(Hh1Constants.RUN_SINCE, "soon", Hh1Constants.RUN_NAME, "a\0b"));
        assertThat(sent.failure(InvalidRequestException.class).violations()).hasSize(2);
        assertThat(sent.end().getMessage().getHeaders()).doesNotContainKey(Hh1Constants.RUN_TOTAL);
        assertThat(sent.end().getMessage().getBody()).isEqualTo("body");
    }
}
