package io.github.camelhh1.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous HTTP client: repeats nothing, follows nothing, holds no thread while it waits. Safe for use by many
 * threads, and never waits on the calling one. Endings come on the executor it was given, never on one of the client's own
 * threads.
 */
public final class HttpTransport implements AutoCloseable {
    private static final String CLOSED = "the client was closed";

    private final CloseableHttpAsyncClient client;
    private final HttpSettings settings;
    private final HostNames names;
    private final Executor rooms;
    private final Set<Callback> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Starts the client's I/O threads. */
    public HttpTransport(HttpSettings settings, HostNames names, Executor rooms) {
        this.client = HttpClients.create(settings, names);
        this.settings = settings;
        this.names = names;
        this.rooms = rooms;
        client.start();
    }

    /** The host that connections for this URI go to: the proxy, where there is one for it. */
    public String nextHop(URI uri) {
        String host = host(uri);
        HttpProxy proxy = settings.proxy();
        return proxy != null && proxy.isFor(host) ? proxy.host() : host;
    }

    /**
     * Finds the addresses of the {@linkplain #nextHop next hop}, for a {@link #post} soon after. Otherwise as
     * {@link #addresses}.
     */
    public CompletableFuture<List<InetAddress>> lookUp(URI uri) {
        return hopped(names.find(nextHop(uri)));
    }

    /**
     * Finds the addresses of the URI's host. At once when they are known; else within half a minute. Fails with an
     * {@link IOException} that names the host.
     */
    public CompletableFuture<List<InetAddress>> addresses(URI uri) {
        return hopped(names.find(host(uri)));
    }

    private CompletableFuture<List<InetAddress>> hopped(CompletableFuture<List<InetAddress>> found) {
        if (found.isDone()) {
            return found;
        }
        var hopped = new CompletableFuture<List<InetAddress>>();
        found.whenComplete((addresses, failure) -> complete(() -> {
            if (failure == null) {
                hopped.complete(addresses);
            } else {
                hopped.completeExceptionally(failure);
            }
        }));
        return hopped;
    }

    /**
     * Sends once. The future always completes normally; cancelling it closes the connection. The host must have been
     * {@linkplain #lookUp looked up} before: this does not, because who posts has said that the request is on its way.
     */
    public CompletableFuture<HttpResult> post(HttpCall call) {
        var request = new BasicHttpRequest("POST", call.uri());
        call.headers().forEach((name, value) -> request.setHeader(HiddenFromLogs.header(name, value)));
        authorize(request, call.uri());
        var body = new BodyProducer(call.body(), call.sendBefore(), System::nanoTime);
        if (body.isTooLate()) {
            return CompletableFuture.completedFuture(new HttpResult.Failure(new TooLateException(), false, null));
        }
        var ending = new Call();
        var answer = new AnswerReader.Whole(call.maxAnswerBytes());
        execute(
                new BasicRequestProducer(request, body),
                answer,
                noted(
                        ending,
                        cause -> cause instanceof HttpProxy.RefusedException
                                ? new HttpResult.Failure(cause, false, null)
                                : new HttpResult.Failure(cause, body.started(), answer.begun())));
        return ending;
    }

    /**
     * Gets once, handing the answer to {@code sink} as it comes; the text of the ending's answer is empty. Looks the host
     * up first. Otherwise as {@link #post}.
     */
    public CompletableFuture<HttpResult> fetch(URI uri, Map<String, String> headers, HttpSink sink) {
        var request = new BasicHttpRequest("GET", uri);
        headers.forEach(request::setHeader);
        authorize(request, uri);
        var ending = new Call();
        var callback = noted(ending, cause -> new HttpResult.Failure(cause, false, null));
        judged(uri).thenCompose(allowed -> names.find(nextHop(uri))).whenComplete((addresses, failure) -> {
            if (failure != null) {
                callback.failed(cause(failure));
            } else if (!ending.isDone()) {
                execute(new BasicRequestProducer(request, null), new AnswerReader.Pieces(sink), callback);
            }
        });
        return ending;
    }

    /**
     * A proxy resolves names itself, so that nobody judges the address it connects to. Here the rule is asked about the
     * addresses that this machine finds, or about the name where it finds none.
     */
    private CompletableFuture<?> judged(URI uri) {
        HttpProxy proxy = settings.proxy();
        if (proxy == null || settings.addresses() == AddressRule.ANY) {
            return CompletableFuture.completedFuture(uri);
        }
        String host = host(uri);
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return names.find(host).handle((addresses, failure) -> {
            try {
                if (failure != null && proxy.isFor(host)) {
                    settings.addresses().checkUnresolved(host, port);
                }
                for (InetAddress address : failure == null ? addresses : List.<InetAddress>of()) {
                    settings.addresses().check(host, port, address);
                }
                return uri;
            } catch (UnknownHostException e) {
                throw new CompletionException(e);
            }
        });
    }

    /** A request that a proxy gets in plain text shows it the proxy's credentials itself; a tunnel has shown them. */
    private void authorize(BasicHttpRequest request, URI uri) {
        HttpProxy proxy = settings.proxy();
        if (proxy != null && "http".equalsIgnoreCase(uri.getScheme()) && proxy.isFor(host(uri))) {
            Header authorization = proxy.authorization();
            if (authorization != null) {
                request.setHeader(authorization);
            }
        }
    }

    private static Exception cause(Throwable failure) {
        return failure.getCause() instanceof IOException known ? known : new IOException(failure);
    }

    /** As the client understands it, which takes names for hosts that {@link URI} does not. */
    private static String host(URI uri) {
        String host = uri.getHost();
        if (host != null) {
            return host;
        }
        try {
            URIAuthority authority = URIAuthority.create(uri.getRawAuthority());
            return authority == null ? "" : authority.getHostName();
        } catch (URISyntaxException e) {
            return "";
        }
    }

    /** Ends by itself when the transport is closed. */
    private Callback noted(Call ending, Function<Exception, HttpResult.Failure> failure) {
        var callback = new Callback(ending, failure);
        pending.add(callback);
        ending.whenComplete((result, error) -> pending.remove(callback));
        return callback;
    }

    private void execute(
            AsyncRequestProducer request, AsyncResponseConsumer<HttpResult.Answer> response, Callback callback) {
        // Looked at after it was noted, so that a close that runs meanwhile misses none.
        if (closed) {
            callback.failed(new IOException(CLOSED));
            return;
        }
        var line = new CallConnection();
        Future<HttpResult.Answer> exchange;
        try {
            exchange = client.execute(request, response, null, line.context(), callback);
        } catch (RuntimeException e) {
            callback.failed(e);
            return;
        }
        callback.ending.whenComplete((result, error) -> {
            if (callback.ending.isCancelled()) {
                exchange.cancel(true);
                line.drop();
            }
        });
    }

    /** Hops off the client's thread. Once the executor is gone, better on this thread than never. */
    private void complete(Runnable completion) {
        try {
            rooms.execute(completion);
        } catch (RejectedExecutionException e) {
            completion.run();
        }
    }

    /** Closes every connection; calls in flight end as failures. */
    @Override
    public void close() {
        closed = true;
        client.close(CloseMode.IMMEDIATE);
        // The client drops a call without a word when it is closed at the wrong moment.
        List.copyOf(pending).forEach(call -> call.failed(new IOException(CLOSED)));
    }

    /** Cancelling it closes the connection, unless the answer has arrived and is on its way to the rooms. */
    private static final class Call extends CompletableFuture<HttpResult> {
        private volatile HttpResult.@Nullable Answer arrived;

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            HttpResult.Answer answer = arrived;
            if (answer != null) {
                complete(answer);
                return false;
            }
            return super.cancel(mayInterruptIfRunning);
        }
    }

    /** Itself and nobody else; the first word counts. */
    private final class Callback implements FutureCallback<HttpResult.Answer> {
        private final Call ending;
        private final Function<Exception, HttpResult.Failure> failure;

        Callback(Call ending, Function<Exception, HttpResult.Failure> failure) {
            this.ending = ending;
            this.failure = failure;
        }

        @Override
        public void completed(HttpResult.Answer answer) {
            ending.arrived = answer;
            complete(() -> ending.complete(answer));
        }

        @Override
        public void failed(Exception cause) {
            complete(() -> ending.complete(failure.apply(cause)));
        }

        @Override
        public void cancelled() {
            failed(new CancellationException("the call was ended from this side"));
        }
    }
}
