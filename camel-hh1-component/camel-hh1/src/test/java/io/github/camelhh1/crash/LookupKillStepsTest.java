package io.github.camelhh1.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.gateway.LogPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Row 47: the answers to five photos are lost, and each photo is killed at another step of its look-ups. The processes that
 * look them up in the background are killed at each step, too, one after another.
 */
@Tag("crash")
class LookupKillStepsTest {
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(3);
    /** Those that no message gets: the last one has no row, ever. */
    private static final List<String> LATE = List.of("noted", "asked", "found");

    private static final String SETTLED = "settled";
    private static final String ROWLESS = "rowless";

    @TempDir
    Path root;

    private final Hh1Simulator service = Hh1Simulator.builder().rendering(false).start();
    private PhotoFolder folder;
    private LedgerStorage kept;

    @AfterEach
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = LedgerStorage.class,
            names = {"SQLITE", "POSTGRESQL"})
    void anAnswerThatWasLostIsFoundByTheNextProcessWhereverThisOneIsKilled(LedgerStorage ledger) {
        kept = ledger;
        kept.empty();
        folder = PhotoFolder.in(root);
        service.gateway().always(LogPlan.missing()).add(row("strangers"));

        killMessages();
        LedgerSnapshot left = kept.left(folder);
        assertThat(left.in(RunState.SENT)).containsExactlyInAnyOrder("noted", "asked", "found", ROWLESS);
        assertThat(left.in(RunState.COMPLETED)).containsExactly(SETTLED);
        assertThat(left.runs().values()).as("the id of its record").allSatisfy(run -> assertThat(
                        run.completion() == null
                                ? run.ids().logId()
                                : run.completion().logId())
                .isNotNull());
        String lookupId = left.runs().get("asked").lookupId();
        service.gateway().add(row("asked").withMetadata("{\"hh1run\":\"" + lookupId + "\"}"));

        killWhen(LateStep.TAKEN);
        nothingIsSettled();
        killWhileTheServiceIsAsked();
        nothingIsSettled();
        killWhen(LateStep.FOUND_IN_THE_BACKGROUND);
        nothingIsSettled();
        killWhen(LateStep.SETTLED_IN_THE_BACKGROUND);
        assertThat(kept.left(folder).in(RunState.COMPLETED)).hasSize(2).contains(SETTLED);

        finish();
        assertThat(effects())
                .containsExactlyInAnyOrder(
                        "noted " + link("noted"),
                        "asked " + link("asked"),
                        "found " + link("found"),
                        ROWLESS + " held");
        LedgerSnapshot end = kept.left(folder);
        assertThat(end.in(RunState.COMPLETED)).containsExactlyInAnyOrder("noted", "asked", "found", SETTLED);
        assertThat(end.in(RunState.UNKNOWN)).containsExactly(ROWLESS);
        for (String photo : end.runs().keySet()) {
            assertThat(service.charges(photo)).as("charges of %s", photo).isEqualTo(1);
        }
        assertThat(service.requests()).hasSize(5);
    }

    private List<String> effects() {
        return LateProcess.lines(folder, LateProcess.EFFECTS);
    }

    private static String link(String photo) {
        return "https://v.example/" + photo + ".mp4";
    }

    private static LogPlan row(String photo) {
        return LogPlan.row(200, "{\"state\":\"Completed\",\"result\":{\"video\":\"" + link(photo) + "\"}}");
    }

    private DriverSettings orders(String url) {
        return kept.orders(folder, url);
    }

    private LateProcess started(String... stops) {
        return LateProcess.start(orders(service.baseUrl()), service, stops);
    }

    /** Five messages wait for their look-ups, each at another step. */
    private void killMessages() {
        try (LateProcess process = started(
                LateStops.at(LateStep.NOTED, "noted"),
                LateStops.at(LateStep.FOUND, "found"),
                LateStops.at(LateStep.SETTLED, SETTLED))) {
            send(process, "noted", row("noted"));
            process.ringUntil(() -> process.isStopped(LateStep.NOTED, "noted"));
            send(process, "asked", LogPlan.missing());
            send(process, ROWLESS, LogPlan.missing());
            process.ringUntil(() -> isAskedFor("asked") && isAskedFor(ROWLESS));
            send(process, "found", row("found"));
            send(process, SETTLED, row(SETTLED));
            process.ringUntil(
                    () -> process.isStopped(LateStep.FOUND, "found") && process.isStopped(LateStep.SETTLED, SETTLED));
            process.jvm().kill();
        }
    }

    /** The head of its answer comes, and the rest does not. */
    private void send(LateProcess process, String photo, LogPlan plan) {
        folder.drop(photo);
        service.gateway().script(plan);
        service.script(Reply.completed().cutAfter(20));
        int before = service.requests().size();
        process.send(photo);
        await().atMost(ChildJvm.PATIENCE).until(() -> service.requests().size() > before);
        await().atMost(ChildJvm.PATIENCE).until(() -> service.charges(photo) == 1);
    }

    private boolean isAskedFor(String photo) {
        try (LedgerSession session = Ledgers.of(orders("").ledger()).open()) {
            String lookupId = LedgerSnapshot.of(session).runs().get(photo).lookupId();
            return service.gateway().asked().stream().anyMatch(path -> path.contains(lookupId));
        }
    }

    private void killWhen(LateStep step) {
        try (LateProcess process = started(LateStops.atAny(step))) {
            process.ringUntil(() -> process.isStopped(step, ""));
            process.jvm().kill();
        }
    }

    private void killWhileTheServiceIsAsked() {
        try (var logs = new SilentLogs();
                LateProcess process = LateProcess.start(orders(logs.baseUrl()), service)) {
            process.ringUntil(logs::isAsked);
            process.jvm().kill();
        }
    }

    /** So far; and then the next look is due. */
    private void nothingIsSettled() {
        LedgerSnapshot left = kept.left(folder);
        assertThat(left.in(RunState.UNKNOWN)).hasSize(4);
        assertThat(left.in(RunState.COMPLETED)).containsExactly(SETTLED);
        letTheNextLookBeDue();
    }

    private void letTheNextLookBeDue() {
        LedgerTime.pass(orders("").ledger(), BETWEEN_LOOKS);
    }

    /** With a process that nobody kills; the photo whose video was settled comes again, as its source delivers it. */
    private void finish() {
        letTheNextLookBeDue();
        try (LateProcess process = started()) {
            process.consume("recovered");
            process.ringUntil(() -> effects().size() == LATE.size());
            process.consume("held");
            process.ringUntil(() -> effects().contains(ROWLESS + " held"));
            letTheNextLookBeDue();
            process.awaitMore("lookUp", 2);
            process.send(SETTLED);
            assertThat(process.awaitEnd(SETTLED)).isEqualTo(link(SETTLED));
            process.send(ROWLESS);
            assertThat(process.awaitEnd(ROWLESS)).isEqualTo("OutcomeUnknownException");
            process.awaitMore("emit", 6);
            process.jvm().stop();
        }
    }
}
