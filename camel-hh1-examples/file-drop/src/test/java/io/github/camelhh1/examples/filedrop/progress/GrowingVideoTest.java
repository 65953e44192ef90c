package io.github.camelhh1.examples.filedrop.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingVideoTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final AtomicInteger asked = new AtomicInteger();
    private final CompletableFuture<OptionalLong> length = new CompletableFuture<>();

    private GrowingVideo video() {
        return new GrowingVideo(directory, "abc", () -> {
            asked.incrementAndGet();
            return length;
        });
    }

    private void arrived(int bytes) throws IOException {
        Files.write(directory.resolve("abc.mp4.part"), new byte[bytes]);
    }

    @Test
    void nothingIsAskedBeforeAnythingArrived() {
        assertThat(video().get()).isEqualTo("(nothing yet)");
        assertThat(asked).hasValue(0);
    }

    @Test
    void aShareIsToldOnceTheLengthIsKnown() throws Exception {
        GrowingVideo video = video();
        arrived(400_000);
        assertThat(video.get()).isEqualTo("0.4 MB");

        length.complete(OptionalLong.of(1_000_000));

        assertThat(video.get()).isEqualTo("40 %");
        assertThat(asked).hasValue(1);
    }

    @Test
    void withoutALengthMegabytesAreTold() throws Exception {
        length.complete(OptionalLong.empty());
        arrived(2_500_000);

        assertThat(video().get()).isEqualTo("2.5 MB");
    }

    @Test
    void aLengthThatCannotBeIsNotBelieved() throws Exception {
        length.complete(OptionalLong.of(10));
        arrived(100_000);

        assertThat(video().get()).isEqualTo("0.1 MB");
    }

    @Test
    void theServerIsAskedForTheFirstByteOnly() throws Exception {
        List<String> ranges = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            ranges.add(call.getRequestHeaders().getFirst("Range"));
            call.getResponseHeaders().set("Content-Range", "bytes 0-0/12345");
            call.sendResponseHeaders(206, 1);
            call.getResponseBody().write(0);
            call.close();
        });
        server.start();
        try {
            String link = "http://127.0.0.1:" + server.getAddress().getPort() + "/video.mp4";

            assertThat(new VideoLength().of(link)).succeedsWithin(LIMIT).isEqualTo(OptionalLong.of(12345));
            assertThat(ranges).containsExactly("bytes=0-0");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aLinkThatIsNoneHasNoLength() {
        assertThat(new VideoLength().of("no link")).isCompletedWithValue(OptionalLong.empty());
        assertThat(new VideoLength().of("http://127.0.0.1:1/x"))
                .succeedsWithin(LIMIT)
                .isEqualTo(OptionalLong.empty());
    }
}
