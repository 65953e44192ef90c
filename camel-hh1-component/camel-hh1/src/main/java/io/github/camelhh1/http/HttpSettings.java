package io.github.camelhh1.http;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a client connects.
 *
 * @param maxConnections at most so many at once, to one host or to all
 * @param connectTimeout for TCP, and again for TLS, per address
 * @param tls trust and keys; null for the platform's
 * @param proxy null for none
 * @param addresses which addresses may be connected to, by the proxy as well
 * @param threads makes the client's few I/O threads
 * @param pieceBytes in how large pieces an answer is read, at most; each open connection holds a few of them
 */
public record HttpSettings(
        int maxConnections,
        Duration connectTimeout,
        @Nullable SSLContext tls,
        @Nullable HttpProxy proxy,
        AddressRule addresses,
        ThreadFactory threads,
        int pieceBytes) {
    /** What the client library reads by itself; enough for answers that are texts. */
    private static final int SMALL = 8 * 1024;

    private static final int LARGE = 64 * 1024;

    public HttpSettings(
            int maxConnections,
            Duration connectTimeout,
            @Nullable SSLContext tls,
            @Nullable HttpProxy proxy,
            AddressRule addresses,
            ThreadFactory threads) {
        this(maxConnections, connectTimeout, tls, proxy, addresses, threads, SMALL);
    }

    /** For answers that are files: half as much work for each byte. */
    public HttpSettings inLargePieces() {
        return new HttpSettings(maxConnections, connectTimeout, tls, proxy, addresses, threads, LARGE);
    }
}
