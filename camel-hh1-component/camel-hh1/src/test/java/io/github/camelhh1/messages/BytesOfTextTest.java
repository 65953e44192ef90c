package io.github.camelhh1.messages;

import static io.github.camelhh1.Hh1Constants.IMAGE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.failure.InvalidRequestException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.converter.stream.InputStreamCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request or a link as bytes or as a stream, which is how {@code marshal().json()} and HTTP consumers give it. */
class BytesOfTextTest {
    @RegisterExtension
    static final Bench BENCH = new Bench();

    /** A kind of body, made of text. */
    private record Kind(String name, Function<byte[], Object> body) {
        Object of(String text) {
            return body.apply(text.getBytes(UTF_8));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind("byte[]", bytes -> bytes),
                new Kind("ByteBuffer", ByteBuffer::wrap),
                new Kind("StreamCache", InputStreamCache::new),
                new Kind("InputStream", BytesOfTextTest::once));
    }

    /** Can be read once only. */
    private static InputStream once(byte[] bytes) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public boolean markSupported() {
                return false;
            }

            @Override
            public synchronized void reset() throws IOException {
                throw new IOException("it cannot be read again");
            }
        };
    }

    private static String request() {
        return "{\"image\":\"" + BENCH.simulator().sampleImageUrl() + "\",\"prompt\":\"" + "ä".repeat(200) + "\"}";
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aRequestIsRead(Kind kind) {
        assertThat(BENCH.input("", kind.of(" \n" + request()))).containsEntry("prompt", "ä".repeat(200));
        assertThat(BENCH.input("", kind.of("\ufeff" + request()))).containsKeys("image", "prompt");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aLinkIsTheImage(Kind kind) {
        String link = BENCH.simulator().sampleImageUrl();

        assertThat(BENCH.input("", kind.of(link + "\n"))).isEqualTo(Map.of("image", link));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aVideosLinkIsDownloaded(Kind kind) {
        String link = BENCH.send("").video();
        var download = BENCH.sendTo("hh1:download?allowPrivateHosts=true", exchange -> exchange.getMessage()
                .setBody(kind.of(link)));

        assertThat(download.end().getException()).isNull();
    }

    @Test
    void aRequestIsReadWhereAHeaderNamesTheImage() {
        var sent = BENCH.send("", exchange -> {
            exchange.getMessage().setHeader(IMAGE, BENCH.simulator().sampleImageUrl());
            exchange.getMessage().setBody("{\"prompt\":\"run\"}".getBytes(UTF_8));
        });

        assertThat(BENCH.received(sent)).containsEntry("prompt", "run");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatBreaksARuleIsNamed(Kind kind) {
        assertThat(BENCH.refused("", kind.of("{\"imgae\":\"x\"}"), Map.of())).hasMessageContaining("imgae");
        assertThat(BENCH.refused("", kind.of("{ no json"), Map.of())).hasMessageContaining("body");
    }

    @Test
    void anyOtherTextIsNoPrompt() {
        assertThat(BENCH.refused("", "a horse runs".getBytes(UTF_8), Map.of())).hasMessageContaining("holds text");
    }

    @Test
    void aFileIsNeverARequest(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("request.json"), request());

        BENCH.send("", exchange -> exchange.getMessage().setBody(file.toFile())).failure(InvalidRequestException.class);
    }
}
