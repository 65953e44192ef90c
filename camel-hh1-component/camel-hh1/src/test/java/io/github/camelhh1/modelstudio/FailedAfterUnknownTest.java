package io.github.camelhh1.modelstudio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.task.TaskPlan;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A create without an answer is sent again; the second task, which outlives its exchange, fails. The first was paid. */
class FailedAfterUnknownTest {
    private static final String RESEND = "onUnknown=resend&maxPaidAttempts=2";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final Tasks tasks = new Tasks(CAMEL);
    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    @BeforeEach
    void useModelStudio() {
        CAMEL.restart(component -> {
            tasks.use(component.getConfiguration());
            component.getConfiguration().setLookup(true);
            component.getConfiguration().setLookupTimeout(0);
        });
    }

    @AfterEach
    void open() {
        gate.complete(null);
    }

    private Map<String, Object> run() {
        return tasks.runs().get(0);
    }

    /** The second task runs, and nobody waits for it. */
    private void givenUp() {
        CAMEL.simulator()
                .script(
                        Fault.resetAfterRequest().task(TaskPlan.succeeding()),
                        Reply.completed()
                                .task(TaskPlan.failing("InternalError", "no frame")
                                        .runningUntil(gate)));
        SentMessage sent = tasks.send("a", RESEND);
        Awaitility.await()
                .atMost(TestContext.LIMIT)
                .until(() -> tasks.service().creates().size() == 2);
        tasks.awaitPolls(2);
        CAMEL.letGenerationsTimeOut();
        sent.failure(OutcomeUnknownException.class);
        assertThat(run()).containsEntry("state", "UNKNOWN").containsEntry("paidAttempts", 2);
    }

    private static void mayBeBilled(SentMessage sent) {
        assertThat(sent.end().getException()).isInstanceOfSatisfying(Hh1Exception.class, failure -> {
            assertThat(failure.getMessage()).doesNotContain("Nothing is billed");
            assertThat(failure.billing()).isEqualTo(Billing.UNKNOWN);
        });
    }

    @Test
    void anOperatorWhoLooksItUpIsToldThatItMayBeBilled() {
        givenUp();
        Object runId = run().get("runId");
        gate.complete(null);
        tasks.task("FAILED");

        SentMessage asked =
                CAMEL.sendTo("hh1:lookup", exchange -> exchange.getMessage().setHeader(Hh1Constants.RUN_ID, runId));
        asked.end();

        assertThat(run())
                .as("the first attempt")
                .containsEntry("state", "UNKNOWN")
                .containsEntry("paidAttempts", 1);
        assertThat(CAMEL.simulator().charges()).as("the first task").isEqualTo(1);
        mayBeBilled(asked);
    }

    @Test
    void aDeliveryThatJoinsTheResumedTaskIsToldThatItMayBeBilled() {
        givenUp();
        CAMEL.component().stop();
        CAMEL.component().start();
        SentMessage joined = tasks.send("a", RESEND);
        tasks.awaitPolls(2);
        gate.complete(null);
        joined.end();

        assertThat(run()).as("the first attempt").containsEntry("state", "UNKNOWN");
        assertThat(CAMEL.simulator().charges()).as("the first task").isEqualTo(1);
        mayBeBilled(joined);
    }
}
