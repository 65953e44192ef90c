package io.github.camelhh1.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MovieTest {
    private static Movie read(byte[] moov) throws Exception {
        return MemorySource.of(new Boxes()
                        .box("ftyp", 24)
                        .box("moov", moov)
                        .box("mdat", 9)
                        .bytes())
                .movie();
    }

    private static byte[] mvhd(int version, long scale, long ticks) {
        var content = ByteBuffer.allocate(108).put(0, (byte) version);
        if (version == 1) {
            content.putInt(20, (int) scale).putLong(24, ticks);
        } else {
            content.putInt(12, (int) scale).putInt(16, (int) ticks);
        }
        return content.array();
    }

    private static byte[] tkhd(int version, int width, int height) {
        int at = version == 1 ? 88 : 76;
        return ByteBuffer.allocate(at + 8)
                .put(0, (byte) version)
                .putInt(at, width << 16)
                .putInt(at + 4, height << 16 | 0x8000)
                .array();
    }

    private static byte[] trak(String handler, byte[] tkhd) {
        byte[] hdlr = ByteBuffer.allocate(24)
                .put(8, handler.getBytes(StandardCharsets.ISO_8859_1))
                .array();
        return new Boxes()
                .box("tkhd", tkhd)
                .box("edts", 8)
                .box("mdia", new Boxes().box("mdhd", 24).box("hdlr", hdlr).bytes())
                .bytes();
    }

    private static Movie lasting(int version, long scale, long ticks) throws Exception {
        return read(new Boxes().box("mvhd", mvhd(version, scale, ticks)).bytes());
    }

    @Nested
    class TheVideoThatTheSimulatorServes {
        @Test
        void isReadAsOtherProgramsReadIt() throws Exception {
            assertThat(MemorySource.of(Mp4Samples.builtIn()).movie())
                    .isEqualTo(new Movie(Mp4Samples.WIDTH, Mp4Samples.HEIGHT, Mp4Samples.DURATION));
        }
    }

    @Nested
    class ADuration {
        @Test
        void isReadInBothItsForms() throws Exception {
            assertThat(lasting(0, 1000, 5_041).duration()).isEqualTo(Duration.ofMillis(5_041));
            assertThat(lasting(1, 12_288, 61_952).duration())
                    .isEqualTo(Duration.ofSeconds(5).plusNanos(41_666_666));
        }

        @Test
        void isExactWhereItIsLong() throws Exception {
            assertThat(lasting(1, 0xFFFF_FFFFL, Long.MAX_VALUE).duration())
                    .isEqualTo(Duration.ofSeconds(Long.MAX_VALUE / 0xFFFF_FFFFL, 499_999_999));
        }

        @Test
        void isAbsentWhereTheFileDoesNotKnowIt() throws Exception {
            assertThat(lasting(0, 1000, 0xFFFF_FFFFL).duration()).isNull();
            assertThat(lasting(1, 1000, -1).duration()).isNull();
            assertThat(lasting(0, 1000, 0).duration()).isNull();
            assertThat(lasting(0, 0, 1000).duration()).isNull();
            assertThat(lasting(0, 0xFFFF_FFFFL, 1).duration()).isNull();
            assertThat(read(new Boxes().box("mvhd", 19).bytes()).duration()).isNull();
            assertThat(read(new Boxes().box("mvhd", 0).bytes()).duration()).isNull();
            assertThat(read(new byte[0]).duration()).isNull();
        }
    }

    @Nested
    class APicture {
        @Test
        void isTheVideoTracksWhereverItStands() throws Exception {
            for (int version = 0; version < 2; version++) {
                assertThat(read(new Boxes()
                                .box("trak", trak("soun", tkhd(version, 7, 7)))
                                .box("trak", trak("vide", tkhd(version, 1280, 720)))
                                .box("trak", trak("vide", tkhd(version, 9, 9)))
                                .box("mvhd", mvhd(0, 1000, 3_000))
                                .bytes()))
                        .isEqualTo(new Movie(1280, 720, Duration.ofSeconds(3)));
            }
        }

        @Test
        void isAbsentWithoutAVideoTrack() throws Exception {
            assertThat(read(new Boxes().box("trak", trak("soun", tkhd(0, 7, 7))).bytes()))
                    .isEqualTo(Movie.UNKNOWN);
        }

        @Test
        void isAbsentWhereItsHeaderIsShort() throws Exception {
            assertThat(read(new Boxes().box("trak", trak("vide", new byte[75])).bytes()))
                    .isEqualTo(Movie.UNKNOWN);
        }
    }

    @Nested
    class AnIndexThatSaysOddThings {
        @Test
        void isNoReasonToLoseAVideo() throws Exception {
            assertThat(read(new byte[100])).isEqualTo(Movie.UNKNOWN);
            assertThat(read(new Boxes().claiming(7, "mvhd", 30).bytes())).isEqualTo(Movie.UNKNOWN);
            assertThat(read(new Boxes().claiming(-1, "trak", 30).bytes())).isEqualTo(Movie.UNKNOWN);
            assertThat(read(new Boxes().raw("cut").bytes())).isEqualTo(Movie.UNKNOWN);
        }

        @Test
        void isNotReadForEver() throws Exception {
            var boxes = new Boxes();
            for (int i = 0; i < 20_000; i++) {
                boxes.box("trak", 0);
            }
            var source = MemorySource.of(new Boxes()
                    .box("ftyp", 24)
                    .box("mdat", 9)
                    .box("moov", boxes.bytes())
                    .bytes());
            assertThat(source.movie()).isEqualTo(Movie.UNKNOWN);
            assertThat(source.reads()).isLessThan(10_010);
        }
    }
}
