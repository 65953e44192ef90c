package io.github.camelhh1.benchmarks.jvm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Finds the end of each request by its {@code Content-Length} and answers with a completed generation. */
public final class BareConnection {
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final byte[] ANSWER = answer();

    private final SocketChannel channel;
    private final ByteBuffer arrived = ByteBuffer.allocate(16 * 1024);

    BareConnection(SocketChannel channel) {
        this.channel = channel;
    }

    private static byte[] answer() {
        String body = "{\"state\":\"Completed\",\"result\":{\"video\":\"https://videos.example/video.mp4\"},"
                + "\"gatewayMetadata\":{\"keySource\":\"Unified\"}}";
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length();
        return (head + END_OF_HEAD + body).getBytes(StandardCharsets.US_ASCII);
    }

    void readable() throws IOException {
        if (channel.read(arrived) < 0) {
            channel.close();
            return;
        }
        for (int length = requestLength(); length > 0; length = requestLength()) {
            arrived.limit(arrived.position()).position(length);
            arrived.compact();
            // A few hundred bytes to a client that waits for them: they always fit.
            channel.write(ByteBuffer.wrap(ANSWER));
        }
    }

    /** Of the request that has arrived whole; 0 when more is to come. */
    private int requestLength() {
        String text = new String(arrived.array(), 0, arrived.position(), StandardCharsets.ISO_8859_1);
        int head = text.indexOf(END_OF_HEAD);
        if (head < 0) {
            return 0;
        }
        int whole = head + END_OF_HEAD.length() + bodyLength(text.substring(0, head));
        return arrived.position() >= whole ? whole : 0;
    }

    private static int bodyLength(String head) {
        String name = "\r\ncontent-length:";
        int start = head.toLowerCase(Locale.ROOT).indexOf(name);
        if (start < 0) {
            return 0;
        }
        int end = head.indexOf("\r\n", start + 2);
        return Integer.parseInt(head.substring(start + name.length(), end < 0 ? head.length() : end)
                .strip());
    }
}
