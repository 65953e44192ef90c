package io.github.camelhh1.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.task.TaskPlan;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Videos that come when the call that asked for them has ended: on a service with tasks, which go on by themselves. */
@CamelSpringBootTest
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class LateVideosTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("videos.folder", folder::toString);
        registry.add("videos.retry-delay", () -> "500ms");
        registry.add("videos.late-after", () -> "0");
        registry.add("camel.component.hh1.backend", () -> "modelstudio");
        registry.add(
                "camel.component.hh1.base-url",
                () -> Service.SIMULATOR.modelStudio().baseUrl());
        registry.add("camel.component.hh1.account-id", Service.SIMULATOR::account);
        registry.add("camel.component.hh1.api-key", Service.SIMULATOR::apiKey);
        registry.add("camel.component.hh1.allow-private-hosts", () -> "true");
        registry.add("camel.component.hh1.poll-interval", () -> "50");
        registry.add("camel.component.hh1.generation-timeout", () -> "2s");
        // An unknown outcome stays unknown until the test makes it known.
        registry.add("camel.component.hh1.lookup", () -> "false");
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Service {
        static final Hh1Simulator SIMULATOR = Hh1Simulator.start();

        @Bean(destroyMethod = "close")
        Hh1Simulator simulator() {
            return SIMULATOR;
        }
    }

    @Autowired
    private Hh1Simulator simulator;

    @Autowired
    private VideoFolder videos;

    @Autowired
    private VideoController controller;

    private void post(String key) throws Exception {
        try (InputStream photo = URI.create(simulator.sampleImageUrl()).toURL().openStream()) {
            assertThat(videos.accept(key, "a prompt of " + key, photo)).isEqualTo(VideoFolder.Accepted.NEW);
        }
    }

    private Map<?, ?> status(String key) throws Exception {
        return (Map<?, ?>) controller.status(key).getBody();
    }

    private void waitFor(String key, String state) {
        await().atMost(LONG).until(() -> status(key).get("state").equals(state));
    }

    private static LedgerSession ledger() {
        return Ledgers.of("jdbc:sqlite:" + folder.resolve("hh1.db")).open();
    }

    private String linkOf(String key) throws Exception {
        post(key);
        waitFor(key, "done");
        try (LedgerSession session = ledger()) {
            return session.runs(RunState.COMPLETED, 1, 0).get(0).completion().videoUrl();
        }
    }

    /** As a look-up does it. */
    private static void complete(String link) {
        try (LedgerSession session = ledger()) {
            Run run = session.runs(RunState.UNKNOWN, 1, 0).get(0);
            var attempt = new Claim.Attempt(new Claim(run.runId(), run.owner(), run.claim()), run.attempt());
            session.complete(
                    attempt, new Completion(link, "Completed", null, Duration.ofSeconds(9), null, null, null), false);
        }
    }

    @Test
    void aVideoThatIsFoundAfterItsAnswerWasLostIsFetchedAndItsStateIsDone() throws Exception {
        String link = linkOf("first-one");
        simulator.next(Reply.html(502));
        post("lost-answer");
        waitFor("lost-answer", "failed");
        assertThat(status("lost-answer").get("reason").toString()).contains("may have been paid", "state becomes done");

        complete(link);

        waitFor("lost-answer", "done");
        assertThat(videos.video("lost-answer").orElseThrow())
                .hasSameBinaryContentAs(videos.video("first-one").orElseThrow());
        await().atMost(LONG).until(() -> videos.failure("lost-answer").isEmpty());
    }

    @Test
    void aVideoThatIsFoundWhenItsLinkHasExpiredStaysFailedAndSaysSo() throws Exception {
        simulator.next(Reply.html(502));
        post("found-too-late");
        waitFor("found-too-late", "failed");

        complete(simulator.origin() + "/gone.mp4?Expires=1000000000");

        await().atMost(LONG).untilAsserted(() -> assertThat(
                        status("found-too-late").get("reason").toString())
                .contains("expired", "was paid"));
    }

    @Test
    void aVideoThatIsFoundAndCannotBeWrittenIsNotedAsPaidAndComesWithTheSameRequest() throws Exception {
        String link = linkOf("another-one");
        simulator.next(Reply.html(502));
        post("late-no-space");
        waitFor("late-no-space", "failed");
        // As a full disk: the video cannot be written there.
        Path obstacle = Files.createDirectories(folder.resolve("out/.late-no-space.part/full"));

        complete(link);

        await().atMost(LONG).untilAsserted(() -> assertThat(
                        status("late-no-space").get("reason").toString())
                .contains("the video was made and paid", "same key"));
        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
        post("late-no-space");
        waitFor("late-no-space", "done");
    }

    @Test
    void aPhotoWhoseTaskTakesLongerThanItsCallWaitsForItsVideo() throws Exception {
        var go = new CompletableFuture<Void>();
        simulator.next(Reply.completed().task(TaskPlan.succeeding().runningUntil(go)));
        post("slow-task");
        waitFor("slow-task", "waiting");

        go.complete(null);

        waitFor("slow-task", "done");
        assertThat(videos.failure("slow-task")).isEmpty();
        assertThat(simulator.charges("a prompt of slow-task")).isEqualTo(1);
    }
}
