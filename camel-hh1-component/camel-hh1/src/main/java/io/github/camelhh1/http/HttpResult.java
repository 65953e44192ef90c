package io.github.camelhh1.http;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** How one HTTP call ended. */
public sealed interface HttpResult {

    /**
     * The server answered, and the answer was read to its end.
     *
     * @param headers by lower-case name; of a repeated header the first
     * @param text the body as UTF-8
     */
    record Answer(int status, Map<String, String> headers, String text) implements HttpResult {

        /** Of any spelling of its name; null when it was not sent. */
        public @Nullable String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }
    }

    /**
     * No whole answer came.
     *
     * @param begun status and headers, without text, of an answer that began; null when none did
     * @param bodyStarted whether any byte of the request's body was handed to the transport: if not, the request
     *     provably did not start
     */
    record Failure(
            Throwable cause, boolean bodyStarted, @Nullable Answer begun) implements HttpResult {

        /** Whether the server's certificate was refused, which the next attempt does not change. */
        public boolean isDistrust() {
            return behind(CertificateException.class) != null
                    || behind(CertPathValidatorException.class) != null
                    || behind(SSLPeerUnverifiedException.class) != null;
        }

        /** The first of the cause and its causes that is of this type; null when there is none. */
        public <T extends Throwable> @Nullable T behind(Class<T> type) {
            Throwable each = cause;
            for (int depth = 0; each != null && depth < 32; depth++, each = each.getCause()) {
                if (type.isInstance(each)) {
                    return type.cast(each);
                }
            }
            return null;
        }
    }
}
