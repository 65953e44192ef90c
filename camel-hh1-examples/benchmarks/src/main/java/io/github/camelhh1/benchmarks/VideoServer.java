package io.github.camelhh1.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves one long video: the boxes of an MP4 file around bytes that nobody plays. */
final class VideoServer implements AutoCloseable {
    private static final int BOX = 8;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final long bytes;

    private VideoServer(HttpServer server, long bytes) {
        this.server = server;
        this.bytes = bytes;
    }

    static VideoServer start(long bytes) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var server = new VideoServer(HttpServer.create(address, 0), bytes);
        server.server.setExecutor(server.threads);
        server.server.createContext("/", server::serve);
        server.server.start();
        return server;
    }

    String link() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/video.mp4";
    }

    private void serve(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "video/mp4");
        exchange.sendResponseHeaders(200, bytes);
        try (OutputStream out = exchange.getResponseBody()) {
            box(out, "ftyp", BOX);
            box(out, "moov", BOX);
            long left = bytes - 2 * BOX;
            box(out, "mdat", left);
            byte[] piece = new byte[64 * 1024];
            for (left -= BOX; left > 0; left -= piece.length) {
                out.write(piece, 0, (int) Math.min(left, piece.length));
            }
        }
    }

    private static void box(OutputStream out, String type, long length) throws IOException {
        out.write(ByteBuffer.allocate(BOX)
                .putInt((int) length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .array());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
