package io.github.camelhh1.modelstudio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.InFlightException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.task.TaskPlan;
import io.github.camelhh1.staging.ServedDirectory;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator asks for a run by its task's id. */
class TaskLookupTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final Tasks tasks = new Tasks(CAMEL);
    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    @BeforeEach
    void useModelStudio() {
        CAMEL.restart(component -> {
            tasks.use(component.getConfiguration());
            component.getConfiguration().setLookup(true);
            component.setMaxSecondsPerDay(100L);
        });
    }

    @AfterEach
    void open() {
        gate.complete(null);
    }

    /** An exchange gives a task up that has come so far. */
    private void givenUp(TaskPlan plan, String status) {
        CAMEL.simulator().script(Reply.completed().task(plan));
        var sent = tasks.send("a", "duration=5");
        tasks.task(status);
        tasks.awaitPolls(2);
        CAMEL.letGenerationsTimeOut();
        sent.failure(OutcomeUnknownException.class);
    }

    private void running(TaskPlan plan) {
        givenUp(plan.runningUntil(gate), "RUNNING");
    }

    private Map<String, Object> run() {
        return tasks.runs().get(0);
    }

    private SentMessage lookUp() {
        Object run = run().get("runId");
        return CAMEL.sendTo("hh1:lookup", exchange -> exchange.getMessage().setHeader(Hh1Constants.RUN_ID, run));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> budget() {
        return CAMEL.sendTo("hh1:budget", exchange -> {}).end().getMessage().getBody(Map.class);
    }

    private void endsAs(String status) {
        gate.complete(null);
        tasks.task(status);
    }

    @Test
    void aTaskThatHasSucceededGivesItsVideo() {
        running(TaskPlan.succeeding());
        endsAs("SUCCEEDED");

        SentMessage asked = lookUp();

        assertThat(asked.video()).startsWith("http");
        assertThat(asked.end().getMessage().getHeaders())
                .containsEntry(Hh1Constants.RECOVERED, true)
                .containsEntry(Hh1Constants.RUN_STATE, "COMPLETED")
                .containsKey(Hh1Constants.TASK_ID);
        assertThat(run()).containsEntry("state", "COMPLETED");
        assertThat(budget()).containsEntry("secondsSpent", 5L).containsEntry("secondsReserved", 0L);
        assertThat(tasks.service().creates()).hasSize(1);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void aTaskThatHasFailedIsRejectedAndGivesItsSecondsBack() {
        running(TaskPlan.failing("InternalError", "no frame"));
        endsAs("FAILED");

        assertThat(lookUp().failure(RejectedException.class)).hasMessageContaining("no frame");
        assertThat(run()).containsEntry("state", "REJECTED");
        assertThat(budget()).containsEntry("secondsSpent", 0L).containsEntry("secondsReserved", 0L);
    }

    @Test
    void aTaskThatGoesOnIsAskedForOnceAndStaysUnknown() {
        running(TaskPlan.succeeding());
        int before = tasks.service().pollCount();

        var failure = lookUp().failure(OutcomeUnknownException.class);

        assertThat(failure).hasMessageContaining("RUNNING");
        assertThat(failure.taskId()).isEqualTo(run().get("taskId"));
        assertThat(tasks.service().pollCount()).isEqualTo(before + 1);
        assertThat(run()).containsEntry("state", "UNKNOWN");
        endsAs("SUCCEEDED");
        assertThat(lookUp().video()).isNotEmpty();
    }

    @Test
    void aTaskThatGoesOnIsNotFreedToBePaidAgain() {
        running(TaskPlan.succeeding());
        Object run = run().get("runId");

        var failure = CAMEL.sendTo(
                        "hh1:forget", exchange -> exchange.getMessage().setHeader(Hh1Constants.RUN_ID, run))
                .failure(InFlightException.class);

        assertThat(failure).hasMessageContaining("Nothing was changed").hasMessageContaining("may go on and be billed");
        assertThat(run()).containsEntry("state", "UNKNOWN");
    }

    @Test
    void aTaskThatHasNotBegunIsNotCancelled() throws Exception {
        CAMEL.simulator().script(Reply.completed().task(TaskPlan.succeeding().pendingUntil(gate)));
        var sent = tasks.send("a", "");
        tasks.task("PENDING");
        tasks.awaitPolls(1);
        CAMEL.component().stop();
        sent.failure(OutcomeUnknownException.class);
        // Its endpoint would go on with it.
        CAMEL.context().getRouteController().stopAllRoutes();
        CAMEL.component().start();

        assertThat(run()).containsEntry("state", "UNKNOWN");
        assertThat(lookUp().failure(OutcomeUnknownException.class)).hasMessageContaining("PENDING");
        assertThat(tasks.service().cancels()).isEmpty();
    }

    @Test
    void aTaskThatTheServiceHasForgottenIsToldAsSuch() {
        running(TaskPlan.succeeding());
        tasks.service()
                .scriptPoll(Reply.json(
                        200, "{\"output\":{\"task_id\":\"" + run().get("taskId") + "\",\"task_status\":\"UNKNOWN\"}}"));

        assertThat(lookUp().failure(OutcomeUnknownException.class)).hasMessageContaining("not any more");
        assertThat(run()).containsEntry("state", "UNKNOWN");
    }

    @Test
    void aQuestionThatFailsLeavesTheRunUnknown() {
        running(TaskPlan.succeeding());
        tasks.service().scriptPoll(Reply.refused(429, "Throttling", "Busy."));

        assertThat(lookUp().failure(OutcomeUnknownException.class)).hasMessageContaining("429");
        assertThat(run()).containsEntry("state", "UNKNOWN");
    }

    @Test
    void aKeyThatIsRefusedIsToldAsSuch() {
        running(TaskPlan.succeeding());
        tasks.service().scriptPoll(Reply.refused(401, "InvalidApiKey", "No."));

        assertThat(lookUp().failure(OutcomeUnknownException.class)).hasMessageContaining("refused the API key");
    }

    @Test
    void aSupplierWithoutAKeyIsToldAsSuch() {
        var key = new AtomicReference<>(TestContext.KEY);
        CAMEL.options(options -> options.setApiKeySupplier(key::get));
        running(TaskPlan.succeeding());
        key.set("");

        assertThat(lookUp().failure(OutcomeUnknownException.class))
                .hasMessageContaining("apiKeySupplier gave no usable");
        assertThat(run()).containsEntry("state", "UNKNOWN");
    }

    @Test
    void aRunInFlightIsNotAskedFor() {
        CAMEL.simulator().script(Reply.completed().task(TaskPlan.succeeding().runningUntil(gate)));
        SentMessage sent = tasks.send("a", "");
        tasks.task("RUNNING");
        tasks.awaitPolls(2);

        assertThat(lookUp().failure(InFlightException.class)).hasMessageContaining("SENT");

        gate.complete(null);
        assertThat(sent.video()).isNotEmpty();
    }

    @Test
    void aTaskThatHasEndedWithoutAVideoIsNotAskedForAgain() {
        CAMEL.simulator().script(Reply.completed().task(TaskPlan.succeeding("ftp://v.example/1.mp4")));
        tasks.send("a", "").failure(OutcomeUnknownException.class);
        int before = tasks.service().pollCount();

        assertThat(lookUp().failure(OutcomeUnknownException.class)).hasMessageContaining("has ended");
        assertThat(tasks.service().pollCount()).isEqualTo(before);
    }

    @Test
    void theStagedImageGoesWithTheAnswer() throws IOException {
        try (var site = new ServedDirectory()) {
            CAMEL.options(options -> {
                options.setStagingDirectory(site.directory().toString());
                options.setStagingBaseUrl(site.baseUrl());
            });
            CAMEL.simulator()
                    .script(Reply.completed().task(TaskPlan.succeeding().runningUntil(gate)));
            var sent = CAMEL.send("", exchange -> exchange.getMessage().setBody(Images.png()));
            tasks.task("RUNNING");
            tasks.awaitPolls(2);
            CAMEL.letGenerationsTimeOut();
            sent.failure(OutcomeUnknownException.class);
            assertThat(lookUp().failure(OutcomeUnknownException.class)).hasMessageContaining("RUNNING");
            assertThat(site.directory()).isNotEmptyDirectory();
            endsAs("SUCCEEDED");

            assertThat(lookUp().video()).isNotEmpty();
            Awaitility.await().atMost(TestContext.LIMIT).untilAsserted(() -> assertThat(site.directory())
                    .isEmptyDirectory());
        }
    }

    @Test
    void withoutLookUpsTheOperationDoesNotStart() {
        assertThatThrownBy(() -> CAMEL.sendTo("hh1:lookup?lookup=false", exchange -> {}))
                .rootCause()
                .hasMessageContaining("lookup=false");
    }
}
