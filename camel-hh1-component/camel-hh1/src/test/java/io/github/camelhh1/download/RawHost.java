package io.github.camelhh1.download;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server that sends exactly the bytes it was given per path, then closes, or stays silent. */
public final class RawHost implements AutoCloseable {
    private record Answer(byte[] bytes, boolean thenSilence) {}

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    public final Queue<String> requests = new ConcurrentLinkedQueue<>();
    public final AtomicInteger connections = new AtomicInteger();
    public final AtomicInteger closedByClient = new AtomicInteger();

    public RawHost() throws IOException {
        threads.execute(() -> {
            while (!socket.isClosed()) {
                try {
                    Socket connection = socket.accept();
                    connections.incrementAndGet();
                    threads.execute(() -> serve(connection));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    public int port() {
        return socket.getLocalPort();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public RawHost answers(String path, String head, byte[] body) {
        return put(path, head, body, false);
    }

    public RawHost answersThenStalls(String path, String head, byte[] body) {
        return put(path, head, body, true);
    }

    public RawHost answersVideo(String path, byte[] video) {
        return answers(path, "200 OK\r\nContent-Type: video/mp4\r\nContent-Length: " + video.length, video);
    }

    public RawHost redirects(String path, int status, String location) {
        return answers(path, status + " Elsewhere\r\nContent-Length: 0\r\nLocation: " + location, new byte[0]);
    }

    private RawHost put(String path, String head, byte[] body, boolean thenSilence) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("HTTP/1.1 " + head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        answers.put(path, new Answer(bytes.toByteArray(), thenSilence));
        return this;
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            var head = new StringBuilder();
            for (int next = in.read(); next >= 0 && head.indexOf("\r\n\r\n") < 0; next = in.read()) {
                head.append((char) next);
                if (head.indexOf("\r\n\r\n") >= 0) {
                    break;
                }
            }
            requests.add(head.toString());
            String target = head.substring(head.indexOf(" ") + 1, head.indexOf(" HTTP/"));
            Answer answer = answers.get(target.replaceAll("\\?.*", ""));
            if (answer != null) {
                connection.getOutputStream().write(answer.bytes());
                connection.getOutputStream().flush();
                if (answer.thenSilence() && in.read() < 0) {
                    closedByClient.incrementAndGet();
                }
            }
        } catch (IOException e) {
            closedByClient.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
