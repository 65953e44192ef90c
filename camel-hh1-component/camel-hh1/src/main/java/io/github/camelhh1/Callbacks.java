package io.github.camelhh1;

import org.apache.camel.AsyncCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one way to hand an exchange back. */
final class Callbacks {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    private Callbacks() {}

    /** Camel lets an Error of the route through to here, and here nobody but the log would ever hear of it. */
    static void done(AsyncCallback callback, Object endpoint) {
        try {
            callback.done(false);
        } catch (RuntimeException | Error e) {
            LOG.error("The route that follows {} broke off; Camel does not end its exchange", endpoint, e);
        }
    }
}
