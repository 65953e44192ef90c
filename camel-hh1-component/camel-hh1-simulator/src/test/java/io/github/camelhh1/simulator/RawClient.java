package io.github.camelhh1.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that is nothing but a socket: it sees what really happens to the connection. */
final class RawClient implements AutoCloseable {
    private final Hh1Simulator simulator;
    private final Socket socket;

    RawClient(Hh1Simulator simulator) {
        this.simulator = simulator;
        try {
            URI origin = URI.create(simulator.origin());
            socket = new Socket(origin.getHost(), origin.getPort());
            socket.setSoTimeout(60_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void sendRun(String input) {
        String body = RunClient.body(input);
        send(head(body.length()) + body);
    }

    String head(int length) {
        return "POST /client/v4/accounts/" + simulator.account() + "/ai/run HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "Authorization: Bearer " + simulator.apiKey() + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    /** The next byte, or -1 when the other side has closed; a reset is an exception. */
    int read() throws IOException {
        return socket.getInputStream().read();
    }

    /** What comes, up to this many characters. */
    String read(int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    void patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
