package io.github.camelhh1.http;

import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * The connection that a call is on, so that it can be closed for certain. Cancelling the library's future is not enough:
 * in 5.5 the calling thread may note the finished connecting as what is to be cancelled after the I/O thread noted the
 * exchange, and the connection then stays open.
 */
final class CallConnection {
    private static final String ATTRIBUTE = "hh1.line";

    private volatile @Nullable AsyncExecRuntime runtime;

    /** For one call; the call's context carries it to the {@link #NOTING} handler. */
    HttpContext context() {
        HttpContext context = HttpCoreContext.create();
        context.setAttribute(ATTRIBUTE, this);
        return context;
    }

    /** Closes the connection at once; nothing more is sent or read. */
    void drop() {
        AsyncExecRuntime noted = runtime;
        if (noted != null) {
            noted.discardEndpoint();
        }
    }

    /** Notes the connection of each call, and hides what its request must not show to the rest of the chain. */
    static final AsyncExecChainHandler NOTING = new AsyncExecChainHandler() {
        @Override
        public void execute(
                HttpRequest request,
                AsyncEntityProducer entity,
                AsyncExecChain.Scope scope,
                AsyncExecChain chain,
                AsyncExecCallback callback)
                throws HttpException, IOException {
            if (scope.clientContext.getAttribute(ATTRIBUTE) instanceof CallConnection line) {
                line.runtime = scope.execRuntime;
            }
            chain.proceed(HiddenFromLogs.request(request), entity, scope, callback);
        }
    };
}
