package io.github.camelhh1.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A store of one video that knows ranges. Each request is answered in the way that is next in line, else as it should be. */
public final class VideoHost implements AutoCloseable {
    static final String TAG = "ETag: \"one\"";
    static final String DATE = "Tue, 01 Jan 2030 00:00:00 GMT";
    private static final Pattern RANGE = Pattern.compile("(?i)\r\nRange: bytes=(\\d+)-\r\n");
    private static final Pattern IF_RANGE = Pattern.compile("(?i)\r\nIf-Range: (.*)\r\n");

    /** How a request is answered; the connection is closed afterwards. */
    public interface Way {
        void answer(Call call) throws IOException;
    }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Way> line = new ConcurrentLinkedQueue<>();
    final Queue<String> requests = new ConcurrentLinkedQueue<>();
    volatile byte[] video;
    volatile String validator = TAG;

    public VideoHost(byte[] video) throws IOException {
        this.video = video;
        threads.execute(() -> {
            while (!socket.isClosed()) {
                try {
                    Socket connection = socket.accept();
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

    public String link() {
        return "http://127.0.0.1:" + port() + "/video.mp4";
    }

    public VideoHost next(Way... ways) {
        line.addAll(List.of(ways));
        return this;
    }

    /** Of each request: the byte it asks to begin at, 0 for all. */
    public List<Long> begins() {
        return requests.stream().map(VideoHost::begin).toList();
    }

    private static long begin(String request) {
        Matcher range = RANGE.matcher(request);
        return range.find() ? Long.parseLong(range.group(1)) : 0;
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            requests.add(head.toString());
            Way way = line.poll();
            (way == null ? (Way) Call::whole : way).answer(new Call(head.toString(), in, connection.getOutputStream()));
        } catch (IOException e) {
            // The client went away, which some ways make it do.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }

    /** One request, with what an honest server makes of it. */
    public final class Call {
        private final InputStream in;
        private final OutputStream out;
        private final boolean ranged;
        public final int from;

        private Call(String head, InputStream in, OutputStream out) {
            this.in = in;
            this.out = out;
            Matcher condition = IF_RANGE.matcher(head);
            boolean same = !condition.find() || validator.endsWith(": " + condition.group(1));
            this.ranged = RANGE.matcher(head).find() && same;
            this.from = ranged ? (int) begin(head) : 0;
        }

        public void whole() throws IOException {
            cutAfter(video.length);
        }

        public void cutAfter(int bytes) throws IOException {
            honestHead();
            body(from, Math.min(video.length, from + bytes));
        }

        public void stallAfter(int bytes) throws IOException {
            cutAfter(bytes);
            untilTheClientLeaves();
        }

        /** So many bytes at a time, until the client leaves. */
        public void drip(int bytes, int everyMillis) throws IOException {
            honestHead();
            for (int at = from; at < video.length; at += bytes) {
                body(at, Math.min(video.length, at + bytes));
                LockSupport.parkNanos(everyMillis * 1_000_000L);
            }
        }

        public void untilTheClientLeaves() throws IOException {
            while (in.read() >= 0) {
                // It has nothing more to say.
            }
        }

        private void honestHead() throws IOException {
            String length = "Content-Length: " + (video.length - from);
            if (ranged) {
                head(
                        "206 Partial Content",
                        length,
                        validator,
                        "Content-Range: bytes " + from + "-" + (video.length - 1) + "/" + video.length);
            } else {
                head("200 OK", length, validator);
            }
        }

        public void head(String status, String... headers) throws IOException {
            String more = String.join("\r\n", headers);
            String all = "HTTP/1.1 " + status + "\r\nDate: " + DATE + "\r\nContent-Type: video/mp4\r\n"
                    + "Connection: close\r\n" + more + (more.isEmpty() ? "" : "\r\n") + "\r\n";
            out.write(all.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        public void body(int begin, int end) throws IOException {
            out.write(Arrays.copyOfRange(video, begin, end));
            out.flush();
        }

        /** All bytes in one chunk; the last chunk, which says that none follows, never comes. */
        public void withoutAnEnd() throws IOException {
            head("200 OK", validator, "Transfer-Encoding: chunked");
            out.write((Integer.toHexString(video.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            body(0, video.length);
            untilTheClientLeaves();
        }

        /** As a store answers that has nothing behind the byte that it was asked for. */
        public void nothingAfter(int bytes) throws IOException {
            head("416 Range Not Satisfiable", "Content-Length: 0", "Content-Range: bytes */" + bytes);
        }

        public void status(int status) throws IOException {
            head(status + " No", "Content-Length: 0");
        }
    }
}
