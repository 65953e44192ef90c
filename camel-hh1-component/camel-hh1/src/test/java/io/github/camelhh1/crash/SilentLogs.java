package io.github.camelhh1.crash;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A gateway that says what its settings are, and nothing to a question for its logs. */
final class SilentLogs implements AutoCloseable {
    private static final byte[] SETTINGS =
            "{\"success\":true,\"result\":{\"collect_logs\":true,\"retry_max_attempts\":1}}"
                    .getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    SilentLogs() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().contains("/logs")) {
                asked.complete(null);
                end.join();
            }
            exchange.sendResponseHeaders(200, SETTINGS.length);
            exchange.getResponseBody().write(SETTINGS);
            exchange.close();
        });
        server.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/client/v4";
    }

    boolean isAsked() {
        return asked.isDone();
    }

    @Override
    public void close() {
        end.complete(null);
        server.stop(0);
        threads.shutdownNow();
    }
}
