package io.github.camelhh1.http;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;

/**
 * The asynchronous HTTP client: repeats nothing, follows nothing, holds no thread while it waits. Safe for use by many
 * threads. Endings come on the executor it was given, never on one of the client's own threads.
 */
public final class HttpTransport implements AutoCloseable {
    private final CloseableHttpAsyncClient client;
    private final Executor rooms;

    /** Starts the client's I/O threads. */
    public HttpTransport(HttpSettings settings, Executor rooms) {
        this.client = HttpClients.create(settings);
        this.rooms = rooms;
        client.start();
    }

    /**
     * Sends once. The future always completes normally; cancelling it closes the connection. Resolves the host name on
     * the calling thread.
     */
    public CompletableFuture<HttpEnding> post(HttpCall call) {
        var request = new BasicHttpRequest("POST", call.uri());
        call.headers().forEach(request::setHeader);
        var body = new BodyProducer(call.body());
        var ending = new CompletableFuture<HttpEnding>();
        execute(
                new BasicRequestProducer(request, body),
                new AnswerConsumer(call.maxAnswerBytes()),
                ending,
                new Endings<HttpEnding.Answer>() {
                    @Override
                    public void completed(HttpEnding.Answer answer) {
                        complete(() -> ending.complete(answer));
                    }

                    @Override
                    public void failed(Exception cause) {
                        complete(() -> ending.complete(new HttpEnding.Failure(cause, body.started())));
                    }
                });
        return ending;
    }

    /** Both kinds of not getting an answer are one. */
    interface Endings<T> extends FutureCallback<T> {
        @Override
        default void cancelled() {
            failed(new CancellationException("the call was ended from this side"));
        }
    }

    <T> void execute(
            AsyncRequestProducer request,
            AsyncResponseConsumer<T> response,
            CompletableFuture<?> ending,
            Endings<T> endings) {
        Future<T> exchange;
        try {
            exchange = client.execute(request, response, null, HttpCoreContext.create(), endings);
        } catch (RuntimeException e) {
            endings.failed(e);
            return;
        }
        ending.whenComplete((result, error) -> {
            if (ending.isCancelled()) {
                exchange.cancel(true);
            }
        });
    }

    /** Hops off the client's thread. Once the executor is gone, better on this thread than never. */
    void complete(Runnable completion) {
        try {
            rooms.execute(completion);
        } catch (RejectedExecutionException e) {
            completion.run();
        }
    }

    /** Closes every connection; calls in flight end as failures. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
