package io.github.camelhh1.http;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A call is cancelled while it connects, and the connection never comes up. Its place in the pool is free again. */
class EndedInVainTest {
    private static final int LIMIT_SECONDS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final BlockingQueue<Socket> first = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        var thread = new Thread(this::accept, "server");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** The first connection stays without an answer. */
    private void accept() {
        try {
            for (int count = 0; ; count++) {
                Socket socket = server.accept();
                sockets.add(socket);
                if (count == 0) {
                    first.add(socket);
                } else {
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            // The end of the test.
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void thePlaceInThePoolIsFreeOnceConnectingFails(boolean proxied, boolean closed) throws Exception {
        var proxy = proxied ? new HttpProxy("127.0.0.1", server.getLocalPort(), null, null) : null;
        var settings = new HttpSettings(1, PATIENCE, null, proxy, AddressRule.ANY, Thread::new);
        String place = proxied ? "service.example" : "127.0.0.1:" + server.getLocalPort();
        var names = new HostNames(HostNames.Resolver.SYSTEM, Runnable::run);
        try (var http = new HttpTransport(settings, names, Runnable::run)) {
            var begun = http.get(URI.create("https://" + place + "/"), Map.of(), 10_000);
            Socket silent = first.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            begun.cancel(true);
            if (closed) {
                silent.close();
            }

            await().atMost(Duration.ofSeconds(LIMIT_SECONDS))
                    .until(() -> http.get(URI.create("http://" + place + "/"), Map.of(), 10_000)
                                    .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                            instanceof HttpResult.Answer);
        }
    }
}
