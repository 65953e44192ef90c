package io.github.camelhh1.http;

import java.lang.StackWalker.Option;
import org.apache.hc.core5.function.Decorator;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.HttpRequestWrapper;
import org.apache.hc.core5.http.message.RequestLine;
import org.apache.hc.core5.reactor.IOSession;

/** Keeps credentials and signed queries out of the client library's logs, which show requests as text. */
final class HiddenFromLogs {
    /** By default the library wraps each session in one that logs every byte before TLS encrypts it. */
    static final Decorator<IOSession> SESSIONS = session -> session;

    private HiddenFromLogs() {}

    /** Sent as it is; shown as stars when it holds a credential. */
    static Header header(String name, String value) {
        return name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("Proxy-Authorization")
                ? new SecretHeader(name, value)
                : new BasicHeader(name, value);
    }

    /** Sent as it is; shown without its query. */
    static HttpRequest request(HttpRequest request) {
        return new SecretQuery(request);
    }

    private static final class SecretHeader extends BasicHeader {
        SecretHeader(String name, String value) {
            super(name, value);
        }

        @Override
        public String toString() {
            return getName() + ": ***";
        }
    }

    /**
     * The library calls the same method to log a request and to write it, and only the calling class distinguishes the
     * two. An unknown caller gets the whole text: a query in a log does less harm than a request without its query.
     */
    private static final class SecretQuery extends HttpRequestWrapper {
        private static final StackWalker STACK = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);
        private static final String CLIENT = "org.apache.hc.client5.";

        SecretQuery(HttpRequest request) {
            super(request);
        }

        @Override
        public String getRequestUri() {
            String whole = super.getRequestUri();
            int query = whole.indexOf('?');
            return query >= 0 && logs(STACK.getCallerClass()) ? whole.substring(0, query) + "?***" : whole;
        }

        /** The client calls it for nothing else. The writer of a request calls it from another package. */
        private static boolean logs(Class<?> caller) {
            return caller == RequestLine.class || caller.getName().startsWith(CLIENT);
        }
    }
}
