package io.github.camelhh1.http;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy, reached by plain http. Hosts on loopback are connected to directly, as the JDK does by default.
 *
 * @param username of Basic authentication; null for none
 */
public record HttpProxy(
        String host,
        int port,
        @Nullable String username,
        @Nullable String password) {
    static final int UNAUTHENTICATED = 407;
    private static final int FORBIDDEN = 403;

    /** The proxy refused to pass a request on: the service never saw it. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;
        private final int status;

        RefusedException(HttpProxy proxy, String target, int status) {
            super("proxy " + proxy + " refused to connect to " + target + " with HTTP status " + status
                    + (status == UNAUTHENTICATED
                            ? ": set proxyAuthUsername and proxyAuthPassword to credentials that it accepts (Basic authentication)"
                            : ""));
            this.status = status;
        }

        /** Whether the proxy refuses again until its rules or our options change. */
        public boolean isFinal() {
            return status == FORBIDDEN || status == UNAUTHENTICATED;
        }
    }

    /** Whether it is asked for connections to this host. */
    boolean isFor(String host) {
        InetAddress literal = IpLiteral.of(host);
        return literal == null ? !host.toLowerCase(Locale.ROOT).equals("localhost") : !literal.isLoopbackAddress();
    }

    boolean is(String otherHost, int otherPort) {
        return host.equalsIgnoreCase(otherHost) && port == otherPort;
    }

    HttpRoutePlanner routes() {
        return new DefaultProxyRoutePlanner(address()) {
            @Override
            protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) throws HttpException {
                return isFor(target.getHostName()) ? super.determineProxy(target, context) : null;
            }
        };
    }

    private HttpHost address() {
        return new HttpHost("http", host, port);
    }

    /** Adds the credentials, where there are any. */
    void authorize(HttpRequest request) {
        if (username != null) {
            byte[] both = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
            request.setHeader(HiddenFromLogs.header(
                    "Proxy-Authorization", "Basic " + Base64.getEncoder().encodeToString(both)));
        }
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return address().toHostString();
    }
}
