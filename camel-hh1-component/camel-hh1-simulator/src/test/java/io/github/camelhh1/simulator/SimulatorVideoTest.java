package io.github.camelhh1.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.jcodec.api.FrameGrab;
import org.jcodec.common.DemuxerTrackMeta;
import org.jcodec.common.io.ByteBufferSeekableByteChannel;
import org.jcodec.common.model.Picture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorVideoTest {
    @RegisterExtension
    static final Hh1SimulatorExtension BUILT_IN =
            new Hh1SimulatorExtension(Hh1Simulator.builder().rendering(false));

    private final Hh1Simulator simulator = BUILT_IN.simulator();
    private final RunClient client = new RunClient(simulator);

    @Test
    void isServedWithAllThatADownloadNeeds() throws Exception {
        HttpResponse<byte[]> video = client.get(video());

        assertThat(video.statusCode()).isEqualTo(200);
        assertThat(video.headers().firstValue("Content-Type")).contains("video/mp4");
        assertThat(video.headers().firstValue("Accept-Ranges")).contains("bytes");
        assertThat(video.headers().firstValueAsLong("Content-Length")).hasValue(video.body().length);
        assertThat(video.headers().firstValue("ETag").orElse("")).matches("\"[^\"]+\"");
        assertThat(simulator.downloads()).hasSize(1);
        assertThat(simulator.downloads().get(0).header("Authorization")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-9, 0, 10", "bytes=100-, 100, -1", "bytes=-20, -20, -1", "bytes=5-999999999, 5, -1"})
    void isServedInParts(String range, int from, int to) throws Exception {
        String url = video();
        byte[] whole = client.get(url).body();
        int start = from < 0 ? whole.length + from : from;
        int end = to < 0 ? whole.length : to;

        HttpResponse<byte[]> part = client.get(url, "Range", range);

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range"))
                .contains("bytes " + start + "-" + (end - 1) + "/" + whole.length);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, start, end));
    }

    @Test
    void isServedInPartsOnlyOfTheSameVideo() throws Exception {
        String url = video();
        String tag = client.get(url).headers().firstValue("ETag").orElseThrow();

        assertThat(client.get(url, "Range", "bytes=5-", "If-Range", tag).statusCode())
                .isEqualTo(206);
        assertThat(client.get(url, "Range", "bytes=5-", "If-Range", "\"other\"").statusCode())
                .isEqualTo(200);
        assertThat(client.get(url, "Range", "bytes=99999999-").statusCode()).isEqualTo(416);
    }

    @Test
    void isNotServedWithoutItsSignature() throws Exception {
        String url = video();

        assertThat(client.get(url.replaceAll("\\?.*", "")).statusCode()).isEqualTo(403);
        assertThat(client.get(url + "1").statusCode()).isEqualTo(403);
        assertThat(client.get(url.replace(".mp4", "x.mp4")).statusCode()).isEqualTo(404);
    }

    @Test
    void isGoneWhenItsLinkHasExpired() throws Exception {
        SetClock clock = new SetClock(Instant.parse("2026-01-01T00:00:00Z"));
        try (Hh1Simulator timed = Hh1Simulator.builder()
                .rendering(false)
                .clock(clock)
                .linkLifetime(Duration.ofHours(1))
                .start()) {
            String url = RunClient.videoUrl(new RunClient(timed).run("{\"image\":\"" + timed.sampleImageUrl() + "\"}"));
            assertThat(url)
                    .endsWith("?Expires=" + clock.instant().plusSeconds(3600).getEpochSecond());

            assertThat(client.get(url).statusCode()).isEqualTo(200);
            clock.advance(Duration.ofHours(1));
            assertThat(client.get(url).statusCode()).isEqualTo(403);
        }
    }

    @Nested
    class WhenTheDownloadGoesWrong {

        @Test
        void itGoesWrongAsScripted() throws Exception {
            String url = video();
            byte[] whole = client.get(url).body();
            simulator.scriptVideo(
                    VideoReply.status(410),
                    VideoReply.content("text/html", new byte[] {'<'}),
                    VideoReply.redirect(302, "http://127.0.0.2/"),
                    VideoReply.whole().ignoringRange().header("etag", "\"changed\""),
                    VideoReply.whole().dripping(10_000, Duration.ofMillis(1)));

            assertThat(client.get(url).statusCode()).isEqualTo(410);
            assertThat(client.get(url).body()).containsExactly('<');
            assertThat(client.get(url).headers().firstValue("Location")).contains("http://127.0.0.2/");
            HttpResponse<byte[]> changed = client.get(url, "Range", "bytes=5-");
            assertThat(changed.statusCode()).isEqualTo(200);
            assertThat(changed.headers().allValues("ETag")).containsExactly("\"changed\"");
            assertThat(client.get(url).body()).isEqualTo(whole);
            assertThat(client.get(url).body()).isEqualTo(whole);
        }

        @Test
        void itIsCutAsScripted() throws Exception {
            String url = video();
            simulator.scriptVideo(
                    VideoReply.whole().cutAfter(1000),
                    VideoReply.whole().resetAfter(1000),
                    VideoReply.whole().announcing(10_000_000));

            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> client.get(url)).isInstanceOf(IOException.class);
            }
        }
    }

    @Nested
    class WhenItIsMadeFromTheImage {

        @ParameterizedTest
        @CsvSource({"png, 900, 601, 640, 428, 3", "jpg, 300, 500, 384, 640, 4"})
        void itHasItsRatioAndTheSecondsAskedFor(String type, int width, int height, int wide, int high, int seconds)
                throws Exception {
            DemuxerTrackMeta video = meta(made("photo." + type, image(type, width, height), seconds));

            assertThat(video.getVideoCodecMeta().getSize().getWidth()).isEqualTo(wide);
            assertThat(video.getVideoCodecMeta().getSize().getHeight()).isEqualTo(high);
            assertThat(video.getTotalDuration()).isEqualTo(seconds);
            assertThat(video.getTotalFrames()).isEqualTo(12 * seconds);
        }

        @Test
        void itShowsTheImage() throws Exception {
            byte[] mp4 = made("green.png", image("png", 320, 320), 3);

            Picture frame = FrameGrab.getFrameFromChannel(
                    ByteBufferSeekableByteChannel.readFromByteBuffer(ByteBuffer.wrap(mp4)), 20);

            // Pure green in limited range, chroma planes stored as value - 128.
            int middle = frame.getHeight() / 2 * frame.getWidth() + frame.getWidth() / 2;
            assertThat(frame.getPlaneData(0)[middle] + 128).isBetween(135, 150);
            assertThat(frame.getPlaneData(1)[middle / 4] + 128).isBetween(45, 65);
        }

        @Test
        void itSaysSimulatedInTheLowerRightCorner() throws Exception {
            byte[] mp4 = made("green.png", image("png", 320, 320), 3);

            Picture frame = FrameGrab.getFrameFromChannel(
                    ByteBufferSeekableByteChannel.readFromByteBuffer(ByteBuffer.wrap(mp4)), 20);

            int brightest = 0;
            int lowest = frame.getHeight() * 9 / 10;
            for (int i = lowest * frame.getWidth(); i < frame.getHeight() * frame.getWidth(); i++) {
                brightest = Math.max(brightest, frame.getPlaneData(0)[i] + 128);
            }
            assertThat(brightest).as("white letters on green").isGreaterThan(200);
        }

        @Test
        void itIsACardWhereTheImageCannotBeDecoded() throws Exception {
            byte[] webp = HexFormat.of().parseHex("524946461600000057454250565038200a0000003001009d012a80026801");

            DemuxerTrackMeta video = meta(made("photo.webp", webp, 3));

            assertThat(video.getVideoCodecMeta().getSize().getWidth()).isEqualTo(640);
            assertThat(video.getVideoCodecMeta().getSize().getHeight()).isEqualTo(360);
        }

        private byte[] made(String name, byte[] image, int seconds) throws Exception {
            try (Hh1Simulator rendering = Hh1Simulator.start()) {
                String link = rendering.serve(name, image);
                return client.get(RunClient.videoUrl(new RunClient(rendering)
                                .run("{\"image\":\"" + link + "\",\"duration\":" + seconds + "}")))
                        .body();
            }
        }

        private static DemuxerTrackMeta meta(byte[] mp4) throws Exception {
            return FrameGrab.createFrameGrab(ByteBufferSeekableByteChannel.readFromByteBuffer(ByteBuffer.wrap(mp4)))
                    .getVideoTrack()
                    .getMeta();
        }

        private static byte[] image(String type, int width, int height) throws IOException {
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < width * height; i++) {
                image.setRGB(i % width, i / width, 0x00ff00);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, type, out);
            return out.toByteArray();
        }
    }

    private String video() throws Exception {
        return RunClient.videoUrl(client.run("{\"image\":\"" + simulator.sampleImageUrl() + "\"}"));
    }
}
