package io.github.camelhh1.http;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
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

    private final Executor rooms;
    private final BooleanSupplier begun;
    private final Function<Exception, HttpResult.Failure> failure;
    private volatile HttpResult.@Nullable Answer arrived;
    private volatile @Nullable AsyncExecRuntime connection;

    /**
     * @param rooms where the call ends; must take every task
     * @param begun whether the request may have reached the server, or may be sent again
     */
    PendingCall(Executor rooms, BooleanSupplier begun, Function<Exception, HttpResult.Failure> failure) {
        this.rooms = rooms;
        this.begun = begun;
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

    /** Once the client has taken the call: cancelling this call ends {@code exchange} and its connection at once. */
    void started(Future<?> exchange) {
        whenComplete((result, error) -> {
            if (isCancelled()) {
                exchange.cancel(true);
                AsyncExecRuntime noted = connection;
                if (noted != null) {
                    noted.discardEndpoint();
                }
            }
        });
    }

    /** Whether its connection is gone. A request that has not begun may still wait for one. */
    boolean isCut() {
        AsyncExecRuntime noted = connection;
        return noted != null && begun.getAsBoolean() && !noted.isEndpointConnected();
    }

    void endUnlessArrived(String reason) {
        if (arrived == null) {
            failed(new IOException(reason));
        }
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
        rooms.execute(() -> complete(failure.apply(cause)));
    }

    @Override
    public void cancelled() {
        failed(new CancellationException("the call was ended from this side"));
    }
}
