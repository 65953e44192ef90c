package io.github.camelhh1.http;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * A call under way; its first ending counts. Cancelling it closes the connection, unless the answer has arrived and is on
 * its way to the rooms.
 *
 * <p>Cancelling the library's future is not enough to close the connection: in 5.5 the calling thread may note the
 * finished connecting as the step to cancel after the I/O thread noted the exchange, and the connection then stays open.
 */
final class PendingCall extends CompletableFuture<HttpResult> implements FutureCallback<HttpResult.Answer> {
    private static final String ATTRIBUTE = "hh1.call";
    private static final String ENDED = "the call was ended from this side";

    private final Executor rooms;
    private final Runnable forbid;
    private final Function<Exception, HttpResult.Failure> failure;
    private volatile HttpResult.@Nullable Answer arrived;
    private volatile @Nullable AsyncExecRuntime connection;
    private volatile @Nullable Future<?> exchange;
    private volatile boolean abandoned;

    /**
     * @param rooms where the call ends; must take every task
     * @param forbid keeps a request's body from beginning, unless it has begun
     */
    PendingCall(Executor rooms, Runnable forbid, Function<Exception, HttpResult.Failure> failure) {
        this.rooms = rooms;
        this.forbid = forbid;
        this.failure = failure;
    }

    /** For the client, which gives it to {@link #note}. */
    HttpContext context() {
        HttpContext context = HttpCoreContext.create();
        context.setAttribute(ATTRIBUTE, this);
        return context;
    }

    /** A part of the client's chain: notes the connection of each call, and hides the request from the library's logs. */
    static void note(
            HttpRequest request,
            AsyncEntityProducer entity,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        if (scope.clientContext.getAttribute(ATTRIBUTE) instanceof PendingCall call) {
            call.connection = scope.execRuntime;
        }
        chain.proceed(HiddenFromLogs.request(request), entity, scope, callback);
    }

    /**
     * A part of the client's chain, once the connection is up: closes the connection of a call that was ended from this side
     * meanwhile, instead of sending the request. Closing it earlier has no effect: the library connects all the same.
     */
    static void connected(
            HttpRequest request,
            AsyncEntityProducer entity,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        if (scope.clientContext.getAttribute(ATTRIBUTE) instanceof PendingCall call && call.isEndedFromHere()) {
            scope.execRuntime.discardEndpoint();
            callback.failed(new CancellationException(ENDED));
            return;
        }
        chain.proceed(request, entity, scope, callback);
    }

    /** Once the client has taken the call: a call that was cancelled or abandoned ends {@code exchange} and its connection. */
    void started(Future<?> exchange) {
        this.exchange = exchange;
        // Read after the exchange was noted, so that an end that comes meanwhile misses nothing.
        if (isDone()) {
            discard();
        }
    }

    /**
     * If this call was ended from this side: ends the exchange, and closes its connection at once. A connection that is not up
     * yet is closed by {@link #connected}, or by the time-out for connecting.
     */
    void discard() {
        Future<?> begun = exchange;
        if (begun != null && isEndedFromHere()) {
            begun.cancel(true);
            AsyncExecRuntime noted = connection;
            if (noted != null && noted.isEndpointConnected()) {
                noted.discardEndpoint();
            }
        }
    }

    private boolean isEndedFromHere() {
        return isCancelled() || abandoned;
    }

    /** Whether it has no open connection: not yet, or no longer. */
    boolean isUnconnected() {
        AsyncExecRuntime noted = connection;
        return noted == null || !noted.isEndpointConnected();
    }

    /** Ends the call, its exchange and its connection. A body that has not begun never begins. */
    void abandon(Exception cause) {
        forbid.run();
        abandoned = true;
        failed(cause);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        HttpResult.Answer answer = arrived;
        if (answer != null) {
            complete(answer);
            return false;
        }
        return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public void completed(HttpResult.Answer answer) {
        arrived = answer;
        rooms.execute(() -> complete(answer));
    }

    @Override
    public void failed(Exception cause) {
        rooms.execute(() -> {
            // An answer that has arrived may be on its way through another thread.
            HttpResult.Answer answer = arrived;
            complete(answer != null ? answer : failure.apply(cause));
        });
    }

    @Override
    public void cancelled() {
        failed(new CancellationException(ENDED));
    }
}
