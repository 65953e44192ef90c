package io.github.camelhh1.link;

import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** The guard's verdict on its way through the HTTP client. */
public final class RefusedAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    RefusedAddressException(String message) {
        super(message);
    }

    /** The verdict behind {@code failure}, null when there is none. */
    public static @Nullable RefusedAddressException behind(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 16; depth++, cause = cause.getCause()) {
            if (cause instanceof RefusedAddressException refused) {
                return refused;
            }
        }
        return null;
    }
}
