package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run whose outcome is known only after its photo has failed, and one whose outcome stays unknown. */
class LateResultsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String LOST = "http://127.0.0.1:1/cat.mp4?Expires=1000000000";

    @TempDir
    private Path root;

    private final Hh1Simulator simulator = Drop.simulator();

    @AfterEach
    void stop() throws Exception {
        simulator.close();
    }

    /** The link of another photo's video, after a photo whose outcome is unknown. */
    private String unknown(Drop drop) throws Exception {
        simulator.next(Reply.html(502));
        drop.put("cat.txt", "the cat yawns");
        drop.put("cat.png", Drop.photo("png", 0x212223));
        drop.awaitFiles(drop.folder.failed(), "cat.error.txt");
        drop.put("other.png", Drop.photo("png", 0x313233));
        drop.awaitFiles(drop.folder.done(), "other.png");
        String other = drop.record("other.json").path("runId").asText();
        try (LedgerSession session = ledger()) {
            return session.find(other).orElseThrow().completion().videoUrl();
        }
    }

    private LedgerSession ledger() {
        return Ledgers.of("jdbc:sqlite:" + root.resolve(".hh1.db")).open();
    }

    private String run() throws Exception {
        Matcher run = Pattern.compile("Run: +(\\S+)").matcher(note("cat.error.txt"));
        assertThat(run.find()).isTrue();
        return run.group(1);
    }

    private String note(String name) throws Exception {
        return Files.readString(root.resolve("failed").resolve(name));
    }

    /** As a look-up does it. */
    private void complete(String runId, String link) {
        try (LedgerSession session = ledger()) {
            Run run = session.find(runId).orElseThrow();
            var attempt = new Claim.Attempt(new Claim(runId, run.owner(), run.claim()), run.attempt());
            var video = new Completion(link, "Completed", null, Duration.ofSeconds(9), null, null, null);
            session.complete(attempt, video, false);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aRecoveredVideoIsKeptAndItsPhotoIsDone(String routes) throws Exception {
        String link;
        try (Drop drop = Drop.against(simulator, root, routes)) {
            link = unknown(drop);
        }
        String run = run();
        complete(run, link);
        try (Drop drop = Drop.atOnce(simulator, root, routes)) {
            drop.awaitFiles(drop.folder.done(), "cat.png", "cat.txt", "other.png");
            drop.awaitLine("cat.mp4");

            assertThat(Drop.names(drop.folder.failed())).isEmpty();
            assertThat(Drop.names(drop.folder.out())).containsExactly("cat.json", "cat.mp4", "other.json", "other.mp4");
            assertThat(drop.folder.video("cat")).hasSameBinaryContentAs(drop.folder.video("other"));
            assertThat(drop.record("cat.json").path("runId").asText()).isEqualTo(run);
            assertThat(drop.record("cat.json").path("source").asText()).isEqualTo("cat.png");
            assertThat(drop.terminal()).contains("recovered, downloading");
            assertThat(Drop.names(drop.folder.downloads())).isEmpty();
        }
        assertThat(simulator.requests()).hasSize(2);
    }

    /** The photo was replaced before its outcome was unknown, so its note lies alone in failed. */
    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aRecoveredVideoOfAReplacedPhotoLeavesTheNewPhotoAlone(String routes) throws Exception {
        String link;
        try (Drop drop = Drop.against(simulator, root, routes)) {
            link = unknown(drop);
        }
        Files.delete(root.resolve("failed/cat.png"));
        Files.delete(root.resolve("failed/cat.txt"));
        byte[] photo = Drop.photo("png", 0x515253);
        Files.write(root.resolve("in/cat.png"), photo);
        complete(run(), link);
        try (Drop drop = Drop.atOnce(simulator, root, routes)) {
            drop.awaitFiles(drop.folder.out(), "cat.mp4", "cat-2.mp4");
            drop.awaitFiles(drop.folder.done(), "cat.png");
            await().atMost(LIMIT).untilAsserted(() -> assertThat(Drop.names(drop.folder.failed()))
                    .isEmpty());

            assertThat(drop.folder.done().resolve("cat.png")).hasBinaryContent(photo);
        }
        assertThat(simulator.requests()).hasSize(3);
    }

    /** A kill after the video was kept, and before the ledger knew that it was handed on. */
    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aRecoveredVideoThatIsThereAlreadyIsNotKeptTwice(String routes) throws Exception {
        String link;
        try (Drop drop = Drop.against(simulator, root, routes)) {
            link = unknown(drop);
        }
        String run = run();
        complete(run, link);
        String record = Files.readString(root.resolve("out/other.json"));
        Files.writeString(
                root.resolve("out/cat.json"), record.replaceFirst("\"runId\" : \"\\w+", "\"runId\" : \"" + run));
        Files.copy(root.resolve("out/other.mp4"), root.resolve("out/cat.mp4"));
        try (Drop drop = Drop.atOnce(simulator, root, routes)) {
            drop.awaitFiles(drop.folder.done(), "cat.png", "cat.txt", "other.png");
            drop.awaitLine("cat.mp4, which was there already");

            assertThat(Drop.names(drop.folder.failed())).isEmpty();
            assertThat(Drop.names(drop.folder.out())).containsExactly("cat.json", "cat.mp4", "other.json", "other.mp4");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aRecoveredVideoThatCannotBeFetchedStaysFailedWithItsLink(String routes) throws Exception {
        try (Drop drop = Drop.against(simulator, root, routes)) {
            unknown(drop);
        }
        String run = run();
        complete(run, LOST);
        Files.write(root.resolve("in/cat.png"), Drop.photo("png", 0x414243));
        try (Drop drop = Drop.atOnce(simulator, root, routes)) {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(note("cat.error.txt"))
                    .contains("could not be fetched", "is billed", "not paid for again", LOST, run));
            drop.awaitFiles(drop.folder.done(), "cat.png");

            assertThat(Drop.names(drop.folder.failed())).containsExactly("cat.error.txt", "cat.png", "cat.txt");
            assertThat(Drop.names(drop.folder.out(), "cat")).containsExactly("cat.json", "cat.mp4");
            assertThat(drop.record("cat.json").path("runId").asText()).isNotEqualTo(run);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aRunThatStaysUnknownHasItsNoteWhereItsPhotoHasNone(String routes) throws Exception {
        try (Drop drop = Drop.against(simulator, root, routes)) {
            unknown(drop);
        }
        String run = run();
        DropFolder.empty(root.resolve("failed"));
        String note = "cat-" + run + ".error.txt";
        try (Drop drop = Drop.atOnce(simulator, root, routes)) {
            assertThat(drop.awaitNote(note))
                    .contains(
                            "cat.png did not", "Money:         unknown", "-Ddrop.adopt=" + run, "-Ddrop.forget=" + run);
        }
        complete(run, LOST);
        try (Drop drop = Drop.atOnce(simulator, root, routes)) {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(note(note)).contains("could not be fetched", LOST));
            assertThat(Drop.names(drop.folder.failed())).containsExactly(note);
        }
    }
}
