package io.github.camelhh1.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.Certificates;
import io.github.camelhh1.service.ImageBody;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call is cancelled before its connection is up: the server answers the TLS handshake afterwards. Over real sockets. */
class EndedWhileConnectingTest {
    private static final int LIMIT_MILLIS = 20_000;

    @TempDir
    static Path directory;

    static Certificates certificates;

    private HttpTransport http;
    private SSLServerSocket server;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates(directory);
    }

    @BeforeEach
    void start() throws Exception {
        server = (SSLServerSocket)
                certificates.server("good").createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        server.setSoTimeout(LIMIT_MILLIS);
        try (var camel = new DefaultCamelContext()) {
            var settings = new HttpSettings(
                    1,
                    // Longer than the test waits: the time-out of the connection must not be the one that closes it.
                    Duration.ofMillis(10 * LIMIT_MILLIS),
                    certificates.trust().createSSLContext(camel),
                    null,
                    AddressRule.ANY,
                    Thread::new);
            http = new HttpTransport(settings, new HostNames(HostNames.Resolver.SYSTEM, Runnable::run), Runnable::run);
        }
    }

    @AfterEach
    void close() throws IOException {
        http.close();
        server.close();
    }

    private void isClosedWithoutAByte(Function<URI, CompletableFuture<HttpResult>> call) throws IOException {
        var uri = URI.create("https://127.0.0.1:" + server.getLocalPort() + "/ai/run");
        http.lookUp(uri).join();
        var begun = call.apply(uri);
        try (var socket = (SSLSocket) server.accept()) {
            assertThat(begun.cancel(true)).isTrue();

            assertThat(bytesAfterHandshake(socket)).isZero();
        }
    }

    /** The number of bytes that come until the client closes the connection, which it must do. */
    private static int bytesAfterHandshake(SSLSocket socket) throws IOException {
        socket.setSoTimeout(LIMIT_MILLIS);
        try {
            socket.startHandshake();
            return socket.getInputStream().readAllBytes().length;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the client keeps the connection of a call that was cancelled", e);
        } catch (SocketException | SSLException e) {
            return 0;
        }
    }

    @Test
    void aConnectionThatComesUpAfterACancelledPostIsClosed() throws IOException {
        var body = ImageBody.of(Map.of("model", "alibaba/hh1-i2v"), null);

        isClosedWithoutAByte(uri -> http.post(new HttpCall(uri, Map.of(), body, 10_000, null)));
    }

    @Test
    void aConnectionThatComesUpAfterACancelledGetIsClosed() throws IOException {
        isClosedWithoutAByte(uri -> http.get(uri, Map.of(), 10_000));
    }

    @Test
    void thePlaceInThePoolOfACancelledCallIsFreeAgain() throws IOException {
        isClosedWithoutAByte(uri -> http.get(uri, Map.of(), 10_000));
        isClosedWithoutAByte(uri -> http.get(uri, Map.of(), 10_000));
    }
}
