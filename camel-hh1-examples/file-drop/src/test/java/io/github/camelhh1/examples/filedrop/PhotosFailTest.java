package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.VideoReply;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The photos in {@code failed}, and their notes. All cases share one drop, and each has a name of its own. */
class PhotosFailTest {
    @TempDir
    private static Path root;

    private static Drop drop;
    private static int colour = 0x010203;

    @BeforeAll
    static void watch() throws Exception {
        drop = Drop.inJava(root);
    }

    @AfterAll
    static void stop() throws Exception {
        drop.close();
    }

    @BeforeEach
    void forget() {
        drop.simulator.reset();
    }

    private static byte[] photo() throws Exception {
        return Drop.photo("png", colour++);
    }

    @Nested
    class BeforeAnythingIsSent {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "broken    | {\"duration\": 5       | broken.json is not a JSON object | write it like",
                    "list      | [1]                    | list.json is not a JSON object | write it like",
                    "twice     | {\"seed\":1,\"seed\":2} | twice.json is not a JSON object | seed",
                    "unknown   | {\"durations\": 5}     | unknown field durations | duration",
                    "image     | {\"image\": \"http://x\"} | image in image.json | remove the field",
                    "long      | {\"duration\": 16}     | duration | 15",
                    "short     | {\"duration\": 2}      | duration | 3",
                    "unit      | {\"duration\": \"8s\"} | duration | 3",
                    "huge      | {\"duration\": 1e9}    | duration | 15",
                    "fourk     | {\"resolution\": \"4K\"} | resolution | 720P",
                    "negative  | {\"seed\": -1}         | seed | 2147483647",
                    "nested    | {\"prompt\": {}}       | prompt | ``",
                })
        void aBadSidecarIsNamed(String name, String sidecar, String what, String remedy) throws Exception {
            drop.put(name + ".json", sidecar);
            drop.put(name + ".png", photo());

            assertThat(drop.awaitNote(name + ".error.txt"))
                    .contains(what, remedy == null ? "" : remedy)
                    .contains("Money:         nothing was paid.")
                    .contains("back to in");
            drop.awaitFiles(drop.folder.failed(), name + ".png", name + ".json");
            assertThat(drop.simulator.requests()).isEmpty();
        }

        @Test
        void allViolationsAreNamedAtOnce() throws Exception {
            drop.put("many.json", "{\"duration\": 16, \"resolution\": \"4K\", \"seed\": -1}");
            drop.put("many.png", photo());

            assertThat(drop.awaitNote("many.error.txt")).contains("duration", "resolution", "seed");
        }

        @Test
        void twoSidecarsAreOneTooMany() throws Exception {
            drop.put("both.json", "{}");
            drop.put("both.txt", "words");
            drop.put("both.png", photo());

            assertThat(drop.awaitNote("both.error.txt")).contains("both.json and both.txt", "keep one");
            drop.awaitFiles(drop.folder.failed(), "both.png", "both.json", "both.txt");
        }

        @Test
        void anEmptyFileIsNoPhoto() throws Exception {
            drop.put("empty.jpg", new byte[0]);

            assertThat(drop.awaitNote("empty.error.txt")).contains("image", "nothing was paid");
            assertThat(drop.simulator.requests()).isEmpty();
        }

        @Test
        void textNamedPngIsNoPhoto() throws Exception {
            drop.put("text.png", "I am a picture, honestly");

            assertThat(drop.awaitNote("text.error.txt")).contains("image", "nothing was paid");
            assertThat(drop.simulator.requests()).isEmpty();
        }

        @Test
        void anEmptyPromptIsAMistake() throws Exception {
            drop.put("blank.txt", " \n");
            drop.put("blank.png", photo());

            assertThat(drop.awaitNote("blank.error.txt")).contains("blank.txt is empty");
        }
    }

    @Nested
    class WhenTheServiceRefuses {

        @Test
        void itsWordsAreKeptAndNothingWasPaid() throws Exception {
            List<String> before = drop.staged();
            drop.simulator.next(Reply.error(400, 7003, "prompt was refused"));
            drop.put("refused.png", photo());

            assertThat(drop.awaitNote("refused.error.txt"))
                    .contains("prompt was refused", "nothing was paid", "code 7003", "HTTP status 400", "Run:");
            await().untilAsserted(() -> assertThat(drop.staged()).isEqualTo(before));
        }
    }

    @Nested
    class WhenTheAnswerNeverCame {

        @Test
        void nobodyKnowsAndTheImageStays() throws Exception {
            List<String> before = drop.staged();
            drop.simulator.next(Reply.html(502));
            drop.put("unknown502.png", photo());

            assertThat(drop.awaitNote("unknown502.error.txt"))
                    .contains("Money:         unknown")
                    .contains("look at your account first");
            assertThat(drop.simulator.requests()).hasSize(1);
            assertThat(drop.staged()).hasSize(before.size() + 1);
        }
    }

    @Nested
    class WhenTheVideoCannotBeFetched {

        @Test
        void theLinkIsInTheNote() throws Exception {
            VideoReply gone = VideoReply.status(404);
            drop.simulator.scriptVideo(gone, gone, gone, gone, gone, gone, gone, gone);
            drop.put("paid.png", photo());

            assertThat(drop.awaitNote("paid.error.txt"))
                    .contains("is billed", "fetch the video from the link below")
                    .contains("Video:         " + drop.simulator.origin());
            assertThat(Drop.names(drop.folder.out())).isEmpty();
        }
    }

    @Test
    void aSecondFailureKeepsTheFirst() throws Exception {
        drop.put("again.png", "no picture");
        drop.awaitNote("again.error.txt");
        drop.put("again.png", "no picture either");

        drop.awaitNote("again-2.error.txt");

        drop.awaitFiles(drop.folder.failed(), "again.png", "again-2.png");
    }
}
