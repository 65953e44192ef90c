package io.github.camelhh1.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.download.DownloadResult.Downloaded;
import io.github.camelhh1.download.DownloadResult.Failed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoDownloadFileTest extends DownloadSetup {
    @Nested
    class ATakenName {
        @BeforeEach
        void serve() {
            host.answersVideo("/v.mp4", VIDEO);
        }

        @Test
        void isLeftToWhoHasIt() throws IOException {
            Files.writeString(directory.resolve("photo.mp4"), "mine");
            Files.writeString(directory.resolve("photo-1.mp4"), "mine too");
            assertThat(download("/v.mp4")).isInstanceOfSatisfying(Downloaded.class, done -> assertThat(done.file())
                    .isEqualTo(directory.resolve("photo-2.mp4")));
            assertThat(directory.resolve("photo.mp4")).hasContent("mine");
        }

        @Test
        void thatIsALinkIsNotFollowed(@TempDir Path elsewhere) throws IOException {
            Files.createSymbolicLink(directory.resolve("photo.mp4"), elsewhere.resolve("victim"));
            Files.createSymbolicLink(directory.resolve("photo.part"), elsewhere.resolve("victim"));
            assertThat(download("/v.mp4")).isInstanceOfSatisfying(Downloaded.class, done -> assertThat(done.file())
                    .isEqualTo(directory.resolve("photo-1.mp4")));
            assertThat(elsewhere).isEmptyDirectory();
            assertThat(Files.isRegularFile(directory.resolve("photo-1.mp4"), LinkOption.NOFOLLOW_LINKS))
                    .isTrue();
        }

        @Test
        void isSharedOutAmongDownloadsAtOnce() {
            var download = guardedBy(hostOnly());
            List<CompletionStage<DownloadResult>> begun = IntStream.range(0, 20)
                    .mapToObj(
                            i -> download.download(URI.create(host.url("/v.mp4")), directory, "photo", upTo(1_000_000)))
                    .toList();
            assertThat(begun.stream().map(DownloadSetup::end).map(ending -> ((Downloaded) ending).file()))
                    .doesNotHaveDuplicates()
                    .hasSize(20)
                    .allSatisfy(file -> assertThat(file).hasBinaryContent(VIDEO));
            assertThat(directory.toFile().list()).hasSize(20);
        }
    }

    @Nested
    class ADirectory {
        @Test
        void mayBeALinkToOne(@TempDir Path elsewhere) throws IOException {
            host.answersVideo("/v.mp4", VIDEO);
            Path link = Files.createSymbolicLink(directory.resolve("link"), elsewhere);
            var ending = guardedBy(hostOnly()).download(URI.create(host.url("/v.mp4")), link, "photo", upTo(1_000_000));
            assertThat(end(ending)).isInstanceOf(Downloaded.class);
            assertThat(elsewhere.resolve("photo.mp4")).hasBinaryContent(VIDEO);
        }

        @Test
        void thatCannotBeWrittenToFailsTheDownload() throws IOException {
            host.answersVideo("/v.mp4", VIDEO);
            Path file = Files.writeString(directory.resolve("in-the-way"), "a file");
            var ending = guardedBy(hostOnly()).download(URI.create(host.url("/v.mp4")), file, "photo", upTo(1_000_000));
            assertThat(end(ending)).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.reason()).contains("cannot write to the directory");
                assertThat(failed.cause()).isInstanceOf(IOException.class);
            });
            assertThat(file).hasContent("a file");
        }
    }

    @Nested
    class AHostileName {
        static Stream<String> names() {
            Stream<String> odd = Stream.of(
                    "../../etc/passwd",
                    "..",
                    ".",
                    "",
                    "/",
                    "\\",
                    "C:\\Windows\\a",
                    "a/../../b",
                    "con",
                    "NUL.mp4",
                    "a\u0000b",
                    "a\nb",
                    "\u202Egpj.exe",
                    "~root",
                    "-rf",
                    "*?",
                    "a".repeat(5_000),
                    "语".repeat(300),
                    "𐍈".repeat(300),
                    "e\u0301".repeat(200),
                    "%2e%2e%2f",
                    ".hidden",
                    " ",
                    "a.",
                    "$(id)",
                    "`id`",
                    "a|b",
                    "<a>",
                    "a:b",
                    "\uD800",
                    "photo.final",
                    "..\\..\\x",
                    "....//....//x",
                    "file:///etc/passwd",
                    "https://a.example/../../v");
            return Stream.concat(
                    odd,
                    IntStream.range(0, 70).mapToObj(i -> "../".repeat(i % 7) + (char) (i * 37 + 1) + "/x" + (char) i));
        }

        @Test
        void staysInTheDirectory() {
            host.answersVideo("/v.mp4", VIDEO);
            var download = guardedBy(hostOnly());
            List<String> names = names().toList();
            assertThat(names).hasSizeGreaterThanOrEqualTo(100);
            for (String name : names) {
                var ending = end(download.download(URI.create(host.url("/v.mp4")), directory, name, upTo(1_000_000)));
                assertThat(ending).as(name).isInstanceOfSatisfying(Downloaded.class, done -> assertThat(
                                done.file().toAbsolutePath().normalize().getParent())
                        .isEqualTo(directory.toAbsolutePath().normalize()));
            }
            assertThat(directory.toFile().list()).hasSize(names.size());
        }

        @Test
        void keepsTheDotsOfAGoodOne() {
            host.answersVideo("/v.mp4", VIDEO);
            assertThat(end(begin(host.url("/v.mp4"), "photo.final")))
                    .isInstanceOfSatisfying(
                            Downloaded.class, done -> assertThat(done.file()).hasFileName("photo.final.mp4"));
        }
    }
}
