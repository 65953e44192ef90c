package io.github.camelhh1.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(HttpSettings.class);
    /** The library's default; enough for answers that are texts. */
    private static final int SMALL = 8 * 1024;

    private static final int LARGE = 64 * 1024;
    private static final int MAX_HEADER_LINE = 64 * 1024;
    private static final int MAX_HEADERS = 200;
    private static final int IO_THREADS = 2;

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

    /** The client library, set up and not started. */
    CloseableHttpAsyncClient client(HostNames names, ThreadFactory ioThreads) {
        var client = HttpAsyncClients.custom()
                .setConnectionManager(connections(names))
                .setIOReactorConfig(reactor())
                .setIoSessionDecorator(HiddenFromLogs.SESSIONS)
                // A call reports its own failure. The rest is noise: a reactor that is being closed fails on its own
                // list of connections.
                .setIoReactorExceptionCallback(e -> LOG.debug("In the I/O reactor: {}", e.toString()))
                // An answer of endless or huge headers ends here, not in the heap.
                .setHttp1Config(Http1Config.custom()
                        .setMaxLineLength(MAX_HEADER_LINE)
                        .setMaxHeaderCount(MAX_HEADERS)
                        .setBufferSize(pieceBytes)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        // The only deadline of an answer is generationTimeout, kept by a room of its own.
                        .setResponseTimeout(Timeout.DISABLED)
                        .setConnectionRequestTimeout(patience())
                        .setExpectContinueEnabled(false)
                        // From 5.6 on the library would decode contents itself, and refuse codings that it does not
                        // know.
                        .setContentCompressionEnabled(false)
                        .build())
                // The other side may close a connection that was idle for longer just as we write to it, which would
                // make an outcome unknown for nothing.
                .setKeepAliveStrategy((response, context) -> TimeValue.ofSeconds(1))
                .setThreadFactory(ioThreads)
                .setUserAgent("camel-hh1")
                .addExecInterceptorFirst("call", PendingCall::note)
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "connected call", PendingCall::connected)
                // By default the library sends a POST again on 429 and 503.
                .disableAutomaticRetries()
                // The key must not travel to wherever a redirect points.
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching();
        if (proxy != null) {
            client.setRoutePlanner(proxy.routes())
                    .replaceExecInterceptor(ChainElement.CONNECT.name(), new ProxyTunnel(proxy, patience()));
        }
        return client.build();
    }

    private PoolingAsyncClientConnectionManager connections(HostNames names) {
        return PoolingAsyncClientConnectionManagerBuilder.create()
                // Named in full: 5.6 would rely on the platform's check alone and not switch it on.
                .setTlsStrategy(new DefaultClientTlsStrategy(
                        tls != null ? tls : SSLContexts.createSystemDefault(),
                        HostnameVerificationPolicy.BOTH,
                        HttpsSupport.getDefaultHostnameVerifier()))
                .setDnsResolver(new CheckedNames(names, addresses, proxy))
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
                .setMaxConnTotal(maxConnections)
                .setMaxConnPerRoute(maxConnections)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(patience())
                        .setSocketTimeout(Timeout.DISABLED)
                        .build())
                // With HTTP/2 one broken connection would make every call on it unknown.
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setHandshakeTimeout(patience())
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .build())
                .build();
    }

    /** The time to connect, in milliseconds, so that messages can be read. */
    private Timeout patience() {
        return Timeout.ofMilliseconds(connectTimeout.toMillis());
    }

    /** Keep-alive probes keep the way through NAT and load balancers open during minutes of silence. */
    private static IOReactorConfig reactor() {
        return IOReactorConfig.custom()
                .setIoThreadCount(IO_THREADS)
                // How often time-outs are checked; by default only once a second.
                .setSelectInterval(TimeValue.ofMilliseconds(100))
                .setSoKeepAlive(true)
                .setTcpKeepIdle(30)
                .setTcpKeepInterval(15)
                .setTcpKeepCount(4)
                .setTcpNoDelay(true)
                .build();
    }

    /**
     * Gives the addresses that were looked up before the call, and refuses the host when the rule refuses one of them.
     * The client asks on the thread that it connects on, so this never waits.
     */
    private record CheckedNames(
            HostNames names, AddressRule rule, @Nullable HttpProxy proxy) implements DnsResolver {

        @Override
        public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
            var addresses = new ArrayList<InetSocketAddress>();
            for (InetAddress address : names.found(host)) {
                // The proxy is the user's choice. The hosts that it is asked for were checked before.
                if (proxy == null || !proxy.is(host, port)) {
                    rule.check(host, port, address);
                }
                addresses.add(new InetSocketAddress(address, port));
            }
            return addresses;
        }

        /** For callers that know no port; none of the ports that a rule may favour. */
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return resolve(host, 0).stream().map(InetSocketAddress::getAddress).toArray(InetAddress[]::new);
        }

        /** Needed only for authentication other than by a header; to look it up would mean to wait. */
        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
