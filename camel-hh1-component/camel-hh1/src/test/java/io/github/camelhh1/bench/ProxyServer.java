package io.github.camelhh1.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy on loopback. It takes every name for the loopback address, and can fail in many ways. */
public final class ProxyServer implements AutoCloseable {
    private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";

    /** What a client gets. */
    public enum Manner {
        WORKS,
        FORBIDS,
        WANTS_CREDENTIALS,
        BAD_GATEWAY,
        UNAVAILABLE,
        SILENT,
        CLOSES,
        RESETS,
        GARBLED,
        CUT_ANSWER,
        CLOSES_THE_TUNNEL,
        SILENT_TUNNEL;

        /** Whether it says that it does not pass the request on. */
        public boolean refuses() {
            return status() != 0;
        }

        int status() {
            return switch (this) {
                case FORBIDS -> 403;
                case WANTS_CREDENTIALS -> 407;
                case BAD_GATEWAY -> 502;
                case UNAVAILABLE -> 503;
                default -> 0;
            };
        }
    }

    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Queue<String> heads = new ConcurrentLinkedQueue<>();
    private volatile Manner manner = Manner.WORKS;
    private volatile String credentials;

    public ProxyServer() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public ProxyServer that(Manner behaves) {
        manner = behaves;
        return this;
    }

    /** Refuses who does not show these, as {@code user:password}. */
    public ProxyServer wanting(String userAndPassword) {
        credentials = userAndPassword;
        return this;
    }

    /** The head of each request, as it came. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    /** The first line of each request. */
    public List<String> lines() {
        return heads.stream()
                .map(head -> head.substring(0, head.indexOf("\r\n")))
                .toList();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                daemon(() -> serve(client));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket client) {
        try {
            InputStream in = client.getInputStream();
            var read = new StringBuilder();
            while (read.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                read.append((char) next);
            }
            String head = read.toString();
            heads.add(head);
            Manner behaves = isUnknown(head) ? Manner.WANTS_CREDENTIALS : manner;
            if (behaves == Manner.WORKS) {
                pass(client, head);
            } else {
                fail(client, behaves);
            }
        } catch (IOException e) {
            close(client);
        }
    }

    private boolean isUnknown(String head) {
        String expected = credentials;
        return expected != null
                && !head.contains("Proxy-Authorization: Basic "
                        + Base64.getEncoder().encodeToString(expected.getBytes(StandardCharsets.UTF_8)) + "\r\n");
    }

    private void fail(Socket client, Manner behaves) throws IOException {
        if (behaves.refuses()) {
            say(client, "HTTP/1.1 " + behaves.status() + " No\r\nContent-Length: 2\r\n\r\nno");
            return;
        }
        switch (behaves) {
            case SILENT -> {}
            case SILENT_TUNNEL -> say(client, ESTABLISHED);
            case GARBLED -> say(client, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
            case CUT_ANSWER -> {
                say(client, "HTTP/1.1 200 Conn");
                close(client);
            }
            case CLOSES_THE_TUNNEL -> {
                say(client, ESTABLISHED);
                close(client);
            }
            case RESETS -> {
                client.setSoLinger(true, 0);
                client.close();
            }
            default -> close(client);
        }
    }

    private void pass(Socket client, String head) throws IOException {
        String[] line = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
        boolean tunnel = line[0].equals("CONNECT");
        URI target = URI.create(tunnel ? "tunnel://" + line[1] : line[1]);
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), target.getPort());
        } catch (IOException e) {
            fail(client, Manner.BAD_GATEWAY);
            return;
        }
        sockets.add(server);
        if (tunnel) {
            say(client, ESTABLISHED);
        } else {
            String path = target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
            say(
                    server,
                    line[0] + " " + path + " " + line[2]
                            + head.substring(head.indexOf("\r\n")).replaceAll("Proxy-Authorization: .*\r\n", ""));
        }
        daemon(() -> copy(client, server));
        daemon(() -> copy(server, client));
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void daemon(Runnable task) {
        Thread thread = new Thread(task, "proxy-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sockets.forEach(ProxyServer::close);
    }
}
