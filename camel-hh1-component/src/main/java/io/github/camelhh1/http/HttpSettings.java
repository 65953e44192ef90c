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
 * @param addresses which addresses may be connected to
 * @param threads makes the client's few I/O threads
 */
public record HttpSettings(
        int maxConnections,
        Duration connectTimeout,
        @Nullable SSLContext tls,
        AddressRule addresses,
        ThreadFactory threads) {}
