package io.github.camelhh1.benchmarks.jvm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves one long video: the boxes of an MP4 file around a hole that nobody plays. The kernel sends it from the file,
 * so that the server takes little processor time from the client.
 */
public final class VideoServer implements AutoCloseable {
    private static final int BOX = 8;
    private static final int PIECE = 1 << 20;

    private final ServerSocketChannel socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final FileChannel video;
    private final long bytes;

    private VideoServer(ServerSocketChannel socket, FileChannel video, long bytes) {
        this.socket = socket;
        this.video = video;
        this.bytes = bytes;
    }

    static VideoServer start(long bytes) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var server = new VideoServer(ServerSocketChannel.open().bind(address), video(bytes), bytes);
        server.threads.execute(server::accept);
        return server;
    }

    private static FileChannel video(long bytes) throws IOException {
        Path directory = Files.createDirectories(Path.of("target", "benchmarks"));
        var video = FileChannel.open(
                Files.createTempFile(directory, "served", ".mp4"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        video.write(ByteBuffer.allocate(3 * BOX)
                .put(box("ftyp", BOX))
                .put(box("moov", BOX))
                .put(box("mdat", bytes - 2 * BOX))
                .flip());
        video.write(ByteBuffer.allocate(1), bytes - 1);
        // The first reading of a hole costs more than the later ones, and would be the first client's.
        var piece = ByteBuffer.allocate(PIECE);
        for (long at = 0; at < bytes; at += piece.position()) {
            video.read(piece.clear(), at);
        }
        return video;
    }

    private static byte[] box(String type, long length) {
        return ByteBuffer.allocate(BOX)
                .putInt((int) length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    String link() throws IOException {
        return "http://127.0.0.1:" + ((InetSocketAddress) socket.getLocalAddress()).getPort() + "/video.mp4";
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel connection = socket.accept();
                threads.execute(() -> serve(connection));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            var request = new StringBuilder();
            var piece = ByteBuffer.allocate(1024);
            while (request.indexOf("\r\n\r\n") < 0 && connection.read(piece.clear()) >= 0) {
                request.append(StandardCharsets.US_ASCII.decode(piece.flip()));
            }
            String head = "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nETag: \"video\"\r\nConnection: close\r\n"
                    + "Content-Length: " + bytes + "\r\n\r\n";
            connection.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
            for (long sent = 0; sent < bytes; ) {
                sent += video.transferTo(sent, Math.min(PIECE, bytes - sent), connection);
            }
        } catch (IOException e) {
            // The client went away.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        video.close();
        threads.shutdownNow();
    }
}
