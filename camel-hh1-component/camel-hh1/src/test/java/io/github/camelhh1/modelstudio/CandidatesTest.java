package io.github.camelhh1.modelstudio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Candidate;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.task.TaskPlan;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tasks that may be those of creates without an answer, over real sockets. */
class CandidatesTest {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration SECOND = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String MODEL = "happyhorse-1.0-i2v";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final Tasks tasks = new Tasks(CAMEL);
    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    @BeforeEach
    void useModelStudio() {
        CAMEL.options(options -> {
            tasks.use(options);
            options.setLookup(true);
        });
    }

    @AfterEach
    void open() {
        gate.complete(null);
    }

    /** A create that the service takes, and whose answer never comes. */
    private SentMessage lost(String key, String options) {
        CAMEL.simulator().script(Fault.resetAfterRequest().task(TaskPlan.succeeding()));
        return tasks.send(key, options);
    }

    /** The same, and the exchange names nothing. */
    private Instant lostAtOnce() {
        lost("a", "lookupTimeout=0").failure(OutcomeUnknownException.class);
        return (Instant) tasks.runs().get(0).get("sentAt");
    }

    private static void ring(Duration look) {
        Awaitility.await().atMost(TestContext.LIMIT).until(() -> waits(look));
        CAMEL.letTimersRing(look);
    }

    /** Some of the time has passed when the timer is set. */
    private static boolean waits(Duration look) {
        return CAMEL.delays().stream()
                .anyMatch(delay -> delay.compareTo(look) <= 0 && delay.compareTo(look.dividedBy(2)) > 0);
    }

    private void awaitLists(int count) {
        Awaitility.await()
                .atMost(TestContext.LIMIT)
                .until(() -> tasks.service().lists().size() >= count);
    }

    private String lastTask() {
        return tasks.service().tasks().get(tasks.service().tasks().size() - 1).id();
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> candidates() {
        return (List<Map<String, Object>>) tasks.runs().get(0).get("candidates");
    }

    private List<Object> candidateIds() {
        return candidates().stream().map(candidate -> candidate.get("taskId")).toList();
    }

    /** Another program of the account creates a task. */
    private String stranger(String model, String prompt) {
        String body = "{\"model\":\"" + model + "\",\"input\":{\"prompt\":\"" + prompt
                + "\",\"media\":[{\"type\":\"first_frame\",\"url\":\""
                + CAMEL.simulator().sampleImageUrl() + "\"}]},\"parameters\":{}}";
        try {
            var create = (HttpURLConnection)
                    new URL(tasks.service().baseUrl() + "/services/aigc/video-generation/video-synthesis")
                            .openConnection();
            create.setDoOutput(true);
            create.setRequestProperty("Authorization", "Bearer " + TestContext.KEY);
            create.setRequestProperty("X-DashScope-Async", "enable");
            create.setRequestProperty("Content-Type", "application/json");
            create.setRequestProperty("Connection", "close");
            create.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            assertThat(create.getResponseCode()).isEqualTo(200);
            create.disconnect();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return lastTask();
    }

    private static String row(String id, Instant created) {
        return "{\"task_id\":\"" + id + "\",\"status\":\"RUNNING\",\"model_name\":\"" + MODEL + "\",\"gmt_create\":"
                + created.toEpochMilli() + "}";
    }

    private static Reply page(List<String> rows) {
        return Reply.json(200, "{\"total\":200,\"data\":[" + String.join(",", rows) + "]}");
    }

    @Nested
    class AnExchange {
        @Test
        void namesTheTaskAndAdoptsNothing() {
            SentMessage sent = lost("a", "prompt=waves");
            ring(FIRST);

            var failure = sent.failure(OutcomeUnknownException.class);
            assertThat(failure.candidates()).extracting(Candidate::taskId).containsExactly(lastTask());
            assertThat(failure).hasMessageContaining(lastTask()).hasMessageContaining("hh1:adopt");
            assertThat(failure.getMessage()).doesNotContain("http");
            assertThat(failure.taskId()).isNull();
            assertThat(tasks.runs().get(0)).containsEntry("state", "UNKNOWN").doesNotContainKey("taskId");
            assertThat(tasks.send("a", "prompt=waves")
                            .failure(OutcomeUnknownException.class)
                            .held())
                    .isTrue();
            assertThat(tasks.service().creates()).hasSize(1);
        }

        @Test
        void doesNotNameAFinishedTaskWithAnotherPrompt() {
            String other = stranger(MODEL, "mountains");
            awaitEnd(other);
            SentMessage sent = lost("a", "prompt=waves");
            awaitEnd(lastTask());
            ring(FIRST);

            assertThat(sent.failure(OutcomeUnknownException.class).candidates())
                    .extracting(Candidate::taskId)
                    .containsExactly(lastTask());
            assertThat(candidateIds()).as("the ledger keeps no prompt").containsExactly(other, lastTask());
        }

        private void awaitEnd(String id) {
            Awaitility.await().atMost(TestContext.LIMIT).until(() -> tasks.service().tasks().stream()
                    .anyMatch(task -> task.id().equals(id) && task.status().equals("SUCCEEDED")));
        }

        @Test
        void looksAgainWhenTheListIsThrottled() {
            tasks.service().scriptList(Reply.refused(429, "Throttling.RateQuota", "Too many."));
            SentMessage sent = lost("a", "");
            ring(FIRST);
            awaitLists(1);
            ring(SECOND);

            assertThat(sent.failure(OutcomeUnknownException.class).candidates()).hasSize(1);
        }

        @Test
        void endsWithoutCandidatesWhenTheListIsTooSlow() {
            tasks.service().scriptList(Reply.completed().heldUntil(gate));
            SentMessage sent = lost("a", "");
            ring(FIRST);
            awaitLists(1);
            assertThat(sent.hasEnded()).isFalse();
            CAMEL.letTimersRing(LIMIT);

            assertThat(sent.failure(OutcomeUnknownException.class).candidates()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {401, 403})
        void saysOnceThatTheListIsRefusedAndWaitsForItNeverAgain(int status) {
            tasks.service().scriptList(Reply.refused(status, "AccessDenied", "No."));
            try (CapturedLog log = CapturedLog.start()) {
                SentMessage first = lost("a", "");
                ring(FIRST);
                assertThat(first.failure(OutcomeUnknownException.class).candidates())
                        .isEmpty();
                lost("b", "").failure(OutcomeUnknownException.class);

                assertThat(log.text().split("cannot be listed", -1)).hasSize(2);
            }
            assertThat(tasks.service().lists()).hasSize(1);
        }

        @Test
        void holdsNoPermitMeanwhile() {
            CAMEL.restart(component -> component.setMaxTasks(1));
            SentMessage waits = lost("a", "");
            Awaitility.await().atMost(TestContext.LIMIT).until(() -> waits(FIRST));

            assertThat(tasks.send("b", "").video()).isNotEmpty();
            assertThat(waits.hasEnded()).isFalse();
            CAMEL.letTimersRing(LIMIT);
        }

        @Test
        void endsWithItsComponent() {
            SentMessage sent = lost("a", "");
            Awaitility.await().atMost(TestContext.LIMIT).until(() -> CAMEL.delays()
                    .contains(LIMIT));
            CAMEL.component().stop();

            assertThat(sent.failure(OutcomeUnknownException.class).candidates()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"lookup=false", "lookupTimeout=0"})
        void asksNothingWhereItShallNot(String option) {
            lost("a", option).failure(OutcomeUnknownException.class);

            assertThat(tasks.service().lists()).isEmpty();
            assertThat(waits(FIRST)).isFalse();
        }

        @Test
        void asksNothingAfterAnyOtherEnding() {
            tasks.send("a", "").video();
            CAMEL.simulator().script(Reply.refused(400, "InvalidParameter", "No."));
            tasks.send("b", "").end();

            assertThat(tasks.service().lists()).isEmpty();
        }
    }

    @Nested
    class Runs {
        @Test
        void nameTheTaskWithItsVideoAndAdoptTakesTheLink() {
            lostAtOnce();
            tasks.task("SUCCEEDED");

            Map<String, Object> candidate = candidates().get(0);
            assertThat(candidate).containsEntry("taskId", lastTask()).containsEntry("status", "SUCCEEDED");
            assertThat(candidate.get("createdAt")).isInstanceOf(Instant.class);
            assertThat(tasks.runs().get(0)).as("asking settles nothing").containsEntry("state", "UNKNOWN");

            SentMessage adopted = CAMEL.sendTo("hh1:adopt?allowPrivateHosts=true", exchange -> {
                exchange.getMessage()
                        .setHeader(Hh1Constants.RUN_ID, tasks.runs().get(0).get("runId"));
                exchange.getMessage().setBody(candidate.get("videoUrl"));
            });
            assertThat(adopted.video()).isEqualTo(candidate.get("videoUrl"));
            assertThat(candidates()).as("it is settled").isNull();
        }

        @Test
        void nameNoTaskOfAnotherRunAndNoneOfAnotherModel() {
            tasks.send("other", "").video();
            stranger("happyhorse-1.1-i2v", "waves");
            lostAtOnce();

            assertThat(candidateIds()).containsExactly(lastTask());
        }

        @Test
        void nameBothTasksThatFit() {
            lostAtOnce();
            String own = lastTask();
            String other = stranger(MODEL, "");

            assertThat(candidateIds()).containsExactly(own, other);
            assertThat(tasks.runs().get(0)).containsEntry("state", "UNKNOWN");
        }

        @Test
        void nameTasksOfTheMinuteAfterSendingOnly() {
            Instant sent = lostAtOnce();
            tasks.service()
                    .scriptList(page(List.of(
                            row("late", sent.plusMillis(60_002)),
                            row("last", sent.plusMillis(59_998)),
                            row("first", sent.minusMillis(4_998)),
                            row("early", sent.minusMillis(5_002)))));

            assertThat(candidateIds()).containsExactly("first", "last");
        }

        @Test
        void readTheSecondPageAndNoThird() {
            Instant sent = lostAtOnce();
            int before = tasks.service().lists().size();
            var newer = new ArrayList<String>();
            for (int i = 0; i < 100; i++) {
                newer.add(row("newer-" + i, sent.plusSeconds(1_000 - i)));
            }
            var older = new ArrayList<String>(newer.subList(0, 98));
            older.add(0, row("own", sent.plusSeconds(1)));
            older.add(row("older", sent.minusSeconds(100)));
            tasks.service().scriptList(page(newer), page(older));

            assertThat(candidateIds()).containsExactly("own");
            assertThat(tasks.service().lists()).hasSize(before + 2);
        }

        /** An account with many tasks: those that fit may be on a page that is not read. */
        @Test
        void areNotSaidToBeNoneWhereTheListIsTooLong() {
            Instant sent = lostAtOnce();
            var newer = new ArrayList<String>();
            for (int i = 0; i < 100; i++) {
                newer.add(row("newer-" + i, sent.plusSeconds(1_000)));
            }
            for (int i = 0; i < 10; i++) {
                tasks.service().scriptList(page(newer));
            }

            assertThat(tasks.runs().get(0)).doesNotContainKey("candidates");
        }

        @Test
        void skipRowsThatAreNoTasks() {
            Instant sent = lostAtOnce();
            tasks.service()
                    .scriptList(page(List.of(
                            "null",
                            "7",
                            "{}",
                            "{\"task_id\":\"no-time\",\"model_name\":\"" + MODEL + "\"}",
                            row("../../x", sent),
                            row("own", sent))));

            assertThat(candidateIds()).containsExactly("own");
        }

        @ParameterizedTest
        @ValueSource(ints = {403, 429, 500})
        void areShownWhateverTheServiceAnswers(int status) {
            lostAtOnce();
            tasks.service().scriptList(Reply.refused(status, "Code", "No."));

            assertThat(tasks.runs().get(0)).containsEntry("state", "UNKNOWN").doesNotContainKey("candidates");
        }

        @Test
        void areShownWhenTheListNeverComes() {
            lostAtOnce();
            tasks.service().scriptList(Reply.completed().heldUntil(gate));
            SentMessage listed = CAMEL.sendTo("hh1:runs", exchange -> {});
            awaitLists(1);
            assertThat(listed.hasEnded()).as("no thread waits").isFalse();
            CAMEL.letTimersRing(Duration.ofSeconds(10));

            assertThat(listed.end().getMessage().getBody(List.class).size()).isEqualTo(1);
        }

        @Test
        void askOnceForAllAndNothingWithoutALostCreate() {
            tasks.send("a", "").video();
            tasks.runs();
            assertThat(tasks.service().lists()).isEmpty();
            lost("b", "lookupTimeout=0").failure(OutcomeUnknownException.class);
            lost("c", "lookupTimeout=0").failure(OutcomeUnknownException.class);

            tasks.runs();
            assertThat(tasks.service().lists()).hasSize(1);
        }

        @Test
        void areShownWhileASupplierGivesNoKeyAndNamedOnceItDoes() {
            var key = new AtomicReference<>(TestContext.KEY);
            CAMEL.options(options -> options.setApiKeySupplier(key::get));
            lostAtOnce();
            key.set("");
            assertThat(tasks.runs().get(0)).doesNotContainKey("candidates");
            key.set(TestContext.KEY);

            assertThat(candidateIds()).containsExactly(lastTask());
        }

        @Test
        void needNoKey() {
            CAMEL.options(options -> options.setApiKey(null));
            lost("a", "lookupTimeout=0&apiKey=" + TestContext.KEY).failure(OutcomeUnknownException.class);

            assertThat(tasks.runs().get(0)).containsEntry("state", "UNKNOWN").doesNotContainKey("candidates");
        }
    }

    @Nested
    class AHeldRun {
        private final CompletableFuture<Exchange> held = new CompletableFuture<>();

        private void consume() {
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("hh1:held?after=0&initialDelay=0&delay=50").process(held::complete);
                }
            });
        }

        private void comesWithItsTask() {
            List<?> candidates = held.orTimeout(TestContext.LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join()
                    .getMessage()
                    .getHeader(Hh1Constants.CANDIDATES, List.class);
            assertThat(candidates).singleElement().isInstanceOfSatisfying(Candidate.class, candidate -> assertThat(
                            candidate.taskId())
                    .isEqualTo(lastTask()));
            Awaitility.await()
                    .atMost(TestContext.LIMIT)
                    .until(() -> CAMEL.context().getInflightRepository().size() == 0);
        }

        @Test
        void comesWithItsCandidates() {
            lostAtOnce();
            consume();

            comesWithItsTask();
            assertThat(tasks.runs().get(0)).containsEntry("state", "UNKNOWN");
        }

        @Test
        void comesWithThemOnceTheComponentWasStoppedAndStarted() {
            consume();
            CAMEL.component().stop();
            CAMEL.component().start();
            lostAtOnce();

            comesWithItsTask();
        }
    }

    @Nested
    class ALookUp {
        private SentMessage lookUp(String options) {
            Object run = tasks.runs().get(0).get("runId");
            return CAMEL.sendTo(
                    "hh1:lookup" + options, exchange -> exchange.getMessage().setHeader(Hh1Constants.RUN_ID, run));
        }

        @Test
        void namesTheTaskAndSettlesNothing() {
            lostAtOnce();
            tasks.task("SUCCEEDED");

            var failure = lookUp("").failure(OutcomeUnknownException.class);
            assertThat(failure.candidates()).singleElement().satisfies(candidate -> {
                assertThat(candidate.taskId()).isEqualTo(lastTask());
                assertThat(candidate.videoUrl()).startsWith("http");
            });
            assertThat(tasks.runs().get(0)).containsEntry("state", "UNKNOWN");
        }

        @Test
        void saysWhenNoTaskFits() {
            lostAtOnce();
            tasks.service().scriptList(page(List.of()), page(List.of()));

            assertThat(lookUp("").failure(OutcomeUnknownException.class))
                    .hasMessageContaining("lists no task that may be its own");
        }

        @Test
        void saysWhenTheListCannotBeRead() {
            lostAtOnce();
            // The first is that of hh1:runs.
            tasks.service().scriptList(page(List.of()), Reply.html(502));

            assertThat(lookUp("").failure(OutcomeUnknownException.class)).hasMessageContaining("cannot be read now");
        }

        @Test
        void refusesARunOfAnotherAccount() {
            lostAtOnce();

            assertThat(lookUp("?region=beijing&baseUrl=" + tasks.service().baseUrl())
                            .failure(InvalidRequestException.class))
                    .hasMessageContaining("modelstudio/singapore");
        }
    }
}
