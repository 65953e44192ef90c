package io.github.camelhh1.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Mp4FileTest {
    @TempDir
    Path directory;

    private String problem(byte[] bytes) throws IOException {
        Path file = Files.write(directory.resolve("v.mp4"), bytes);
        try (FileChannel channel = FileChannel.open(file)) {
            Mp4File.read(channel::read, channel.size(), false);
            return null;
        } catch (Mp4Boxes.Flaw e) {
            return e.getMessage();
        }
    }

    private String problem(Boxes boxes) throws IOException {
        return problem(boxes.bytes());
    }

    private static Boxes begun() {
        return new Boxes().box("ftyp", 24);
    }

    @Nested
    class AWholeFile {
        @Test
        void isFine() throws IOException {
            assertThat(problem(Boxes.video(1000))).isNull();
        }

        @Test
        void mayHaveItsIndexLast() throws IOException {
            assertThat(problem(begun().box("free", 0).box("mdat", 500).box("moov", 9)))
                    .isNull();
        }

        @Test
        void mayHaveA64BitSize() throws IOException {
            assertThat(problem(begun().box("moov", 9).large(16 + 500, "mdat", 500)))
                    .isNull();
        }

        @Test
        void mayEndWithABoxOfSizeZero() throws IOException {
            assertThat(problem(begun().box("moov", 9).claiming(0, "mdat", 500))).isNull();
        }

        @Test
        void mayHaveFragmentsThatShareTheirMedia() throws IOException {
            assertThat(problem(
                            begun().box("moov", 9).box("moof", 9).box("moof", 9).box("mdat", 9)))
                    .isNull();
            assertThat(problem(begun().box("moov", 9).box("mdat", 9).box("moof", 9)))
                    .isNull();
        }

        @Test
        void mayEndWithABareBoxHeader() throws IOException {
            assertThat(problem(begun().box("moov", 9).box("mdat", 0).box("free", 0)))
                    .isNull();
        }
    }

    @Nested
    class ACutFile {
        @Test
        void isFoundWhereverItWasCut() throws IOException {
            byte[] whole = begun().box("mdat", 300).box("moov", 100).bytes();
            for (int length = 0; length < whole.length; length++) {
                assertThat(problem(Arrays.copyOf(whole, length)))
                        .as("cut at %d", length)
                        .isNotNull();
            }
        }

        @Test
        void isFoundByTheLastBoxToo() throws IOException {
            byte[] whole = Boxes.video(1000);
            assertThat(problem(Arrays.copyOf(whole, whole.length - 1))).contains("cut");
        }

        @Test
        void isFoundWhereItsMediaAreMissing() throws IOException {
            assertThat(problem(begun().box("moov", 9))).contains("mdat box is missing");
            assertThat(problem(
                            begun().box("moov", 9).box("moof", 9).box("mdat", 9).box("moof", 9)))
                    .contains("mdat box is missing");
        }

        @Test
        void isFoundByWhatIsTooMuch() throws IOException {
            byte[] whole = Boxes.video(1000);
            assertThat(problem(Arrays.copyOf(whole, whole.length + 3))).contains("half a box header");
        }
    }

    @Nested
    class AFileThatDoesNotBeginWithFtyp {
        @Test
        void mayBeginWithPadding() throws IOException {
            var boxes = new Boxes().box("uuid", 16).box("free", 1_000).box("ftyp", 24);
            assertThat(problem(boxes.box("moov", 9).box("mdat", 9))).isNull();
        }

        @Test
        void mayNotBeginWithMuch() throws IOException {
            var boxes = new Boxes().box("free", 70_000).box("ftyp", 24);
            assertThat(problem(boxes.box("moov", 9))).contains("no MP4 file");
        }

        @Test
        void mayNotBeginWithAnotherBox() throws IOException {
            var boxes = new Boxes().box("free", 8).box("mdat", 24);
            assertThat(problem(boxes.box("moov", 9))).contains("no MP4 file");
            assertThat(problem(new Boxes().box("free", 8))).isNotNull();
        }
    }

    @Nested
    class AForeignFile {
        @ParameterizedTest
        @ValueSource(
                strings = {"<!DOCTYPE html><html><body>Sign in", "{\"error\":\"expired\"}", "GIF89a..........", "x"})
        void isNoMp4(String text) throws IOException {
            assertThat(problem(new Boxes().raw(text))).contains("no MP4 file");
        }

        @Test
        void isNamedWithoutItsControlCharacters() throws IOException {
            assertThat(problem(new Boxes().raw("a\nb\u001b[31mcdefghijkl")))
                    .doesNotContain("\n")
                    .doesNotContain("\u001b");
        }

        @Test
        void thatIsEmptyIsCalledSo() throws IOException {
            assertThat(problem(new byte[0])).contains("empty");
        }

        @Test
        void withoutAnIndexIsNotPlayable() throws IOException {
            assertThat(problem(begun().box("mdat", 100))).contains("moov");
            assertThat(problem(new Boxes().claiming(0, "ftyp", 500))).contains("moov");
        }
    }

    @Nested
    class AHostileFile {
        @ParameterizedTest
        @ValueSource(longs = {2, 7})
        void cannotClaimABoxSmallerThanItsHeader(long size) throws IOException {
            assertThat(problem(begun().claiming(size, "moov", 50))).contains("impossible size");
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 1, 15, -1, Long.MIN_VALUE})
        void cannotClaimAnImpossible64BitSize(long size) throws IOException {
            assertThat(problem(begun().box("moov", 9).large(size, "mdat", 50))).contains("impossible size");
        }

        @ParameterizedTest
        @ValueSource(longs = {67, Integer.MAX_VALUE, Long.MAX_VALUE})
        void cannotReachBeyondItsEnd(long size) throws IOException {
            assertThat(problem(begun().box("moov", 9).large(size, "mdat", 50))).contains("ends beyond");
        }

        @Test
        void cannotKeepTheReaderBusy() throws IOException {
            var boxes = begun();
            for (int i = 0; i < 20_000; i++) {
                boxes.box("free", 0);
            }
            assertThat(problem(boxes)).contains("10000 boxes");
        }

        @Test
        void neverCausesAnException() throws IOException {
            var random = new Random(28);
            for (int i = 0; i < 500; i++) {
                byte[] bytes = Boxes.video(random.nextInt(64));
                for (int flips = random.nextInt(6); flips >= 0; flips--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                problem(Arrays.copyOf(bytes, random.nextInt(bytes.length + 20)));
            }
        }
    }
}
