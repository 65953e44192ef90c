package io.github.camelhh1.messages;

import static io.github.camelhh1.Hh1Constants.IMAGE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.fixture.TestContext;
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
    static final TestContext CAMEL = new TestContext();

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
        return "{\"image\":\"" + CAMEL.simulator().sampleImageUrl() + "\",\"prompt\":\"" + "ä".repeat(200) + "\"}";
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aRequestIsRead(Kind kind) {
        assertThat(CAMEL.input("", kind.of(" \n" + request()))).containsEntry("prompt", "ä".repeat(200));
        assertThat(CAMEL.input("", kind.of("\ufeff" + request()))).containsKeys("image", "prompt");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aLinkIsTheImage(Kind kind) {
        String link = CAMEL.simulator().sampleImageUrl();

        assertThat(CAMEL.input("", kind.of(link + "\n"))).isEqualTo(Map.of("image", link));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aVideosLinkIsDownloaded(Kind kind) {
        String link = CAMEL.send("").video();
        var download = CAMEL.sendTo("hh1:download?allowPrivateHosts=true", exchange -> exchange.getMessage()
                .setBody(kind.of(link)));

        assertThat(download.end().getException()).isNull();
    }

    @Test
    void aRequestIsReadWhereAHeaderNamesTheImage() {
        var sent = CAMEL.send("", exchange -> {
            exchange.getMessage().setHeader(IMAGE, CAMEL.simulator().sampleImageUrl());
            exchange.getMessage().setBody("{\"prompt\":\"run\"}".getBytes(UTF_8));
        });

        assertThat(CAMEL.received(sent)).containsEntry("prompt", "run");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatBreaksARuleIsNamed(Kind kind) {
        assertThat(CAMEL.refused("", kind.of("{\"imgae\":\"x\"}"), Map.of())).hasMessageContaining("imgae");
        assertThat(CAMEL.refused("", kind.of("{ no json"), Map.of())).hasMessageContaining("body");
    }

    @Test
    void anyOtherTextIsNoPrompt() {
        assertThat(CAMEL.refused("", "a horse runs".getBytes(UTF_8), Map.of())).hasMessageContaining("holds text");
    }

    @Test
    void aFileIsNeverARequest(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("request.json"), request());

        CAMEL.send("", exchange -> exchange.getMessage().setBody(file.toFile())).failure(InvalidRequestException.class);
    }
}
