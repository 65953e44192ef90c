package io.github.camelhh1.examples.springboot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A long body over a socket: the answer is read while the body is still written, as curl does. */
final class Upload {
    private static final int CHUNK = 1 << 20;

    private Upload() {}

    /**
     * @param declared whether the length is in the header of the request
     * @return the answer, with its headers
     */
    static String send(int port, String key, int megabytes, boolean declared) throws IOException {
        CompletableFuture<Void> writing;
        String answer;
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            String length = declared ? "Content-Length: " + ((long) megabytes << 20) : "Transfer-Encoding: chunked";
            OutputStream out = socket.getOutputStream();
            out.write(("POST /videos HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: " + key + "\r\n" + length
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            writing = CompletableFuture.runAsync(() -> write(out, megabytes, declared));
            answer = read(socket.getInputStream());
        }
        writing.exceptionally(closed -> null).join();
        return answer;
    }

    private static void write(OutputStream out, int megabytes, boolean declared) {
        var chunk = new byte[CHUNK];
        chunk[0] = (byte) 0xff;
        chunk[1] = (byte) 0xd8;
        chunk[2] = (byte) 0xff;
        try {
            for (int i = 0; i < megabytes; i++) {
                out.write(declared ? new byte[0] : "100000\r\n".getBytes(StandardCharsets.US_ASCII));
                out.write(chunk);
                out.write(declared ? new byte[0] : "\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until the server closes the connection, as it does when it has not read the whole body. */
    private static String read(InputStream in) {
        var answer = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        try {
            for (int read; (read = in.read(buffer)) >= 0; ) {
                answer.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // What came before counts.
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}
