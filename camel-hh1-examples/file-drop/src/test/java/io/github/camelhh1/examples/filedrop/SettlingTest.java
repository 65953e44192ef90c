package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.progress.Console;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A photo comes back from {@code failed}, and runs are looked at and settled from the command line meanwhile. */
class SettlingTest {
    @TempDir
    private Path root;

    private final Hh1Simulator simulator = Drop.simulator();
    private Drop drop;
    private DropFolder folder;

    @BeforeEach
    void watch() throws Exception {
        drop = Drop.against(simulator, root, "java");
        folder = drop.folder;
    }

    @AfterEach
    void stop() throws Exception {
        drop.close();
        simulator.close();
    }

    private record Answer(int status, String text) {}

    /** As another program, while the first one is at work. */
    private Answer command(String... settings) {
        Map<String, String> properties = new HashMap<>(Map.of("drop.dir", root.toString()));
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            properties.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        int status =
                FileDrop.run(name -> null, properties::get, new Console(new PrintStream(terminal, true)), main -> {});
        return new Answer(status, terminal.toString(StandardCharsets.UTF_8));
    }

    private static String runId(String note) {
        Matcher run = Pattern.compile("Run: +(\\S+)").matcher(note);
        assertThat(run.find()).as(note).isTrue();
        return run.group(1);
    }

    @Nested
    class APhotoWhoseOutcomeIsUnknown {
        private String run;

        @BeforeEach
        void fail() throws Exception {
            simulator.next(Reply.html(502));
            drop.put("cat.txt", "the cat yawns");
            drop.put("cat.png", Drop.photo("png", 0x0d0d0d));
            run = runId(drop.awaitNote("cat.error.txt"));
        }

        @Test
        void failsAgainAsItIs() throws Exception {
            drop.moveBack("cat.txt", "cat.png");

            assertThat(drop.awaitNote("cat-2.error.txt"))
                    .contains("Not sent", "Money:         unknown", "-Ddrop.adopt=" + run, "-Ddrop.forget=" + run);
            assertThat(simulator.requests()).hasSize(1);
        }

        /** It was renamed, since the first note was still there: it is the same request all the same. */
        @Test
        void failsAgainUnderTheNameThatItGot() throws Exception {
            drop.moveBack("cat.txt", "cat.png");
            drop.awaitNote("cat-2.error.txt");
            drop.moveBack("cat-2.txt", "cat-2.png");

            assertThat(runId(drop.awaitNote("cat-2-2.error.txt"))).isEqualTo(run);
            assertThat(simulator.requests()).hasSize(1);
        }

        /** A copy has other times. */
        @Test
        void failsAgainAsACopy() throws Exception {
            drop.put("cat.txt", "the cat yawns");
            drop.put("cat.png", Files.readAllBytes(folder.failed().resolve("cat.png")));

            assertThat(runId(drop.awaitNote("cat-2.error.txt"))).isEqualTo(run);
            assertThat(simulator.requests()).hasSize(1);
        }

        @Test
        void isFetchedOnceItsVideoIsFound() throws Exception {
            drop.put("other.png", Drop.photo("png", 0x0e0e0e));
            drop.awaitFiles(folder.done(), "other.png");
            int charges = simulator.charges();
            String link = wholeLinkOf("other");

            Answer adopted = command("drop.adopt=" + run, "drop.url=" + link);
            assertThat(adopted.text()).contains(run, "back to in", "nothing is paid again");
            assertThat(adopted.status()).isZero();
            drop.moveBack("cat.txt", "cat.png");

            drop.awaitFiles(folder.done(), "cat.png", "cat.txt");
            assertThat(folder.video("cat")).hasSameBinaryContentAs(folder.video("other"));
            assertThat(simulator.charges()).isEqualTo(charges);
            assertThat(drop.terminal()).contains("paid for before, downloading");
        }

        private String wholeLinkOf(String photo) {
            String table = command("drop.runs=completed", "drop.links=whole").text();
            Matcher link = Pattern.compile(photo + " [^\n]*\n +(http\\S+)").matcher(table);
            assertThat(link.find()).as(table).isTrue();
            return link.group(1);
        }

        @Test
        void isSentAnewOnceItIsForgotten() throws Exception {
            assertThat(command("drop.forget=" + run).status()).isZero();
            drop.moveBack("cat.txt", "cat.png");

            drop.awaitFiles(folder.done(), "cat.png", "cat.txt");
            assertThat(simulator.requests()).hasSize(2);
        }

        @Test
        void isListed() {
            Answer table = command("drop.runs=unknown");

            assertThat(table.status()).isZero();
            assertThat(table.text())
                    .contains("1 run UNKNOWN of " + root, "sent", "state", "photo", "seconds", "run")
                    .containsPattern("UNKNOWN +cat +5 +" + run)
                    .contains("502", "drop.adopt=", "drop.forget=");
            assertThat(command("drop.runs=rejected").text().lines()).hasSize(1);
        }
    }

    @Test
    void aRefusedPhotoIsSentAgain() throws Exception {
        simulator.next(Reply.error(400, 7003, "out of credit"));
        drop.put("cat.png", Drop.photo("png", 0x0f0f0f));
        assertThat(drop.awaitNote("cat.error.txt")).contains("nothing was paid");

        drop.moveBack("cat.png");

        drop.awaitFiles(folder.done(), "cat.png");
        assertThat(simulator.charges()).isEqualTo(1);
    }

    @Nested
    class APhotoThatBecameAVideo {
        private String run;

        @BeforeEach
        void make() throws Exception {
            drop.put("cat.png", Drop.photo("png", 0x101010));
            drop.awaitFiles(folder.done(), "cat.png");
            run = drop.record("cat.json").path("runId").asText();
        }

        private void dropAgain() throws Exception {
            drop.put("cat.png", Files.readAllBytes(folder.done().resolve("cat.png")));
        }

        @Test
        void isKnownWhenItIsDroppedAgain() throws Exception {
            dropAgain();

            drop.awaitFiles(folder.done(), "cat-2.png");
            drop.awaitLine("cat.mp4, which was there already; nothing was paid again");
            assertThat(Drop.names(folder.out())).containsExactly("cat.json", "cat.mp4");
            assertThat(simulator.requests()).hasSize(1);
        }

        @Test
        void isFetchedAgainWhenItsVideoIsGone() throws Exception {
            Files.delete(folder.video("cat"));
            dropAgain();

            drop.awaitFiles(folder.done(), "cat-2.png");
            assertThat(Drop.names(folder.out())).containsExactly("cat.json", "cat.mp4");
            assertThat(simulator.requests()).hasSize(1);
        }

        @Test
        void isKnownAlsoWhenItsLinkHasExpired() throws Exception {
            drop.expireLinks();
            dropAgain();

            drop.awaitFiles(folder.done(), "cat-2.png");
            assertThat(Drop.names(folder.out())).containsExactly("cat.json", "cat.mp4");
            assertThat(Drop.names(folder.failed())).isEmpty();
        }

        @Test
        void failsWhenVideoAndLinkAreGone() throws Exception {
            drop.expireLinks();
            Files.delete(folder.video("cat"));
            dropAgain();

            assertThat(drop.awaitNote("cat.error.txt"))
                    .contains("is billed", "expired", "-Ddrop.forget=" + run, "paid again")
                    .doesNotContain("Video:  ");
            assertThat(simulator.requests()).hasSize(1);
        }

        /** Though its old video still lies in out. */
        @Test
        void isMadeAnewOnceItIsForgotten() throws Exception {
            command("drop.forget=" + run);
            dropAgain();

            drop.awaitFiles(folder.done(), "cat-2.png");
            assertThat(Drop.names(folder.out())).containsExactly("cat-2.json", "cat-2.mp4", "cat.json", "cat.mp4");
            assertThat(simulator.charges()).isEqualTo(2);
        }

        @Test
        void isMadeAnewWithAnotherPrompt() throws Exception {
            drop.put("cat.txt", "another take");
            dropAgain();

            drop.awaitFiles(folder.done(), "cat-2.png");
            assertThat(simulator.charges()).isEqualTo(2);
        }

        @Test
        void showsItsLinkWithoutTheSignature() {
            assertThat(command("drop.runs=all").text())
                    .containsPattern("COMPLETED +cat")
                    .contains(".mp4?...")
                    .doesNotContain("Expires=");
        }
    }

    @Nested
    class CommandsThatAreRefused {

        @Test
        void anUnknownRun() {
            Answer answer = command("drop.forget=0123");

            assertThat(answer.status()).isEqualTo(1);
            assertThat(answer.text())
                    .contains("Nothing was changed", "the ledger holds no run \"0123\"", "drop.runs=all");
            assertThat(command("drop.adopt=0123", "drop.url=https://example.com/x.mp4")
                            .status())
                    .isEqualTo(1);
        }

        @Test
        void aRunThatIsOnItsWay() throws Exception {
            simulator.next(Reply.completed().heldUntil(new CompletableFuture<>()));
            drop.put("cat.png", Drop.photo("png", 0x111111));
            await().until(() -> simulator.inFlight() == 1);
            String table = command("drop.runs=sent").text();
            Matcher run = Pattern.compile("SENT +cat +5 +(\\w+)").matcher(table);
            assertThat(run.find()).as(table).isTrue();

            Answer answer = command("drop.forget=" + run.group(1));

            assertThat(answer.status()).isEqualTo(1);
            assertThat(answer.text()).contains("Nothing was changed", "Wait");
            simulator.resetConnections();
        }

        @Test
        void anAdoptionWithoutALink() {
            Answer answer = command("drop.adopt=0123");

            assertThat(answer.status()).isEqualTo(2);
            assertThat(answer.text()).contains("drop.url=https://");
        }

        @Test
        void aFolderThatIsNone() {
            Answer answer = command("drop.dir=" + root.resolve("nowhere"), "drop.runs=all");

            assertThat(answer.status()).isEqualTo(2);
            assertThat(answer.text()).contains("is no folder of a file-drop");
            assertThat(root.resolve("nowhere")).doesNotExist();
        }
    }
}
