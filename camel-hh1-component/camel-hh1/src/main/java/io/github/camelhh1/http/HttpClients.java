package io.github.camelhh1.http;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets the client library up; the only place that does. */
final class HttpClients {
    private static final Logger LOG = LoggerFactory.getLogger(HttpClients.class);
    private static final int MAX_HEADER_LINE = 64 * 1024;
    private static final int MAX_HEADERS = 200;
    private static final int IO_THREADS = 2;

    private HttpClients() {}

    static CloseableHttpAsyncClient create(HttpSettings settings, HostNames names) {
        var client = HttpAsyncClients.custom()
                .setConnectionManager(connections(settings, names))
                .setIOReactorConfig(reactor())
                .setIoSessionDecorator(HiddenFromLogs.SESSIONS)
                // What goes wrong with a call is told by the call; what is left is noise, as when a reactor that is
                // being closed trips over its own list of connections.
                .setIoReactorExceptionCallback(e -> LOG.debug("In the I/O reactor: {}", e.toString()))
                // An answer of endless or huge headers ends here, not in the heap.
                .setHttp1Config(Http1Config.custom()
                        .setMaxLineLength(MAX_HEADER_LINE)
                        .setMaxHeaderCount(MAX_HEADERS)
                        .setBufferSize(settings.pieceBytes())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        // The only deadline of an answer is generationTimeout, kept by a room of its own.
                        .setResponseTimeout(Timeout.DISABLED)
                        .setConnectionRequestTimeout(timeout(settings.connectTimeout()))
                        .setExpectContinueEnabled(false)
                        // From 5.6 on the library would decode contents itself, and refuse codings that it does not
                        // know.
                        .setContentCompressionEnabled(false)
                        .build())
                // A connection idle for longer may be closed by the other side just as we write to it, which would
                // make an outcome unknown for nothing.
                .setKeepAliveStrategy((response, context) -> TimeValue.ofSeconds(1))
                .setThreadFactory(settings.threads())
                .setUserAgent("camel-hh1")
                .addExecInterceptorFirst("line", CallConnection.NOTING)
                // By default the library sends a POST again on 429 and 503.
                .disableAutomaticRetries()
                // The key must not travel to wherever a redirect points.
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching();
        HttpProxy proxy = settings.proxy();
        return proxy == null
                ? client.build()
                : client.setRoutePlanner(through(proxy))
                        .replaceExecInterceptor(
                                ChainElement.CONNECT.name(), new ProxyTunnel(proxy, settings.connectTimeout()))
                        .build();
    }

    private static HttpRoutePlanner through(HttpProxy proxy) {
        return new DefaultProxyRoutePlanner(proxy.address()) {
            @Override
            protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) throws HttpException {
                return proxy.isFor(target.getHostName()) ? super.determineProxy(target, context) : null;
            }
        };
    }

    private static PoolingAsyncClientConnectionManager connections(HttpSettings settings, HostNames names) {
        SSLContext tls = settings.tls() != null ? settings.tls() : SSLContexts.createSystemDefault();
        var connectTimeout = timeout(settings.connectTimeout());
        return PoolingAsyncClientConnectionManagerBuilder.create()
                // Said in full: left to the library, 5.6 relies on the platform's check alone and does not switch it
                // on.
                .setTlsStrategy(new DefaultClientTlsStrategy(
                        tls, HostnameVerificationPolicy.BOTH, HttpsSupport.getDefaultHostnameVerifier()))
                .setDnsResolver(new CheckedDnsResolver(names, settings.addresses(), settings.proxy()))
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
                .setMaxConnTotal(settings.maxConnections())
                .setMaxConnPerRoute(settings.maxConnections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connectTimeout)
                        .setSocketTimeout(Timeout.DISABLED)
                        .build())
                // With HTTP/2 one broken connection would make every call on it unknown.
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setHandshakeTimeout(connectTimeout)
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .build())
                .build();
    }

    /** In milliseconds, so that messages can be read. */
    private static Timeout timeout(Duration duration) {
        return Timeout.ofMilliseconds(duration.toMillis());
    }

    /** Keep-alive probes keep the way through NAT and load balancers open during minutes of silence. */
    private static IOReactorConfig reactor() {
        return IOReactorConfig.custom()
                .setIoThreadCount(IO_THREADS)
                // Time-outs are looked at this often; by default only once a second.
                .setSelectInterval(TimeValue.ofMilliseconds(100))
                .setSoKeepAlive(true)
                .setTcpKeepIdle(30)
                .setTcpKeepInterval(15)
                .setTcpKeepCount(4)
                .setTcpNoDelay(true)
                .build();
    }
}
