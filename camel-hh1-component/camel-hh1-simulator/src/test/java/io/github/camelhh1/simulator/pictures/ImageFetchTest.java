package io.github.camelhh1.simulator.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFetchTest {
    @TempDir
    Path directory;

    @Test
    void aHostThatStopsWithinTheBodyIsGivenUp() throws Exception {
        try (ServerSocket host = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var fetch = new ImageFetch(new PictureStore(directory), Duration.ofMillis(200))) {
            fetch.allowPrivateHosts();
            CompletableFuture<Socket> asked = CompletableFuture.supplyAsync(() -> halfAnAnswer(host));
            var picture = fetch.fetch(URI.create("http://127.0.0.1:" + host.getLocalPort() + "/a.png"))
                    .toCompletableFuture();
            assertThatThrownBy(() -> picture.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(IOException.class)
                    .hasMessageContaining("no answer");
            assertThat(asked.get(60, TimeUnit.SECONDS).isClosed()).isFalse();
            asked.join().close();
        }
    }

    private static Socket halfAnAnswer(ServerSocket host) {
        try {
            Socket socket = host.accept();
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
            return socket;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
