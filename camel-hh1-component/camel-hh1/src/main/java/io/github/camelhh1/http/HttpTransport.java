package io.github.camelhh1.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The asynchronous HTTP client: repeats nothing, follows nothing, holds no thread while it waits. Safe for use by many
 * threads, and never waits on the calling one. Calls end on the executor it was given, never on one of the client's own
 * threads.
 */
public final class HttpTransport implements AutoCloseable {
    static final String CLOSED = "this component was stopped";

    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

    private final HttpSettings settings;
    private final HostNames names;
    private final Executor rooms;
    private final Set<PendingCall> pending = ConcurrentHashMap.newKeySet();
    /** The last one makes the next call; others end the calls that they have begun. */
    private final Deque<LibraryClient> clients = new ConcurrentLinkedDeque<>();

    /** Guarded by this object: once it is closed, no client is added. */
    private boolean closed;

    /** Starts the client's I/O threads. */
    public HttpTransport(HttpSettings settings, HostNames names, Executor rooms) {
        this.settings = settings;
        this.names = names;
        this.rooms = task -> {
            try {
                rooms.execute(task);
            } catch (RejectedExecutionException e) {
                // The executor has stopped. The task must still run, so it runs on this thread.
                task.run();
            }
        };
        clients.add(new LibraryClient(settings, names, this.rooms));
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
        return find(nextHop(uri));
    }

    /**
     * Finds the addresses of the URI's host. At once when they are known; else within half a minute. Fails with an
     * {@link IOException} that names the host.
     */
    public CompletableFuture<List<InetAddress>> addresses(URI uri) {
        return find(host(uri));
    }

    private CompletableFuture<List<InetAddress>> find(String host) {
        var found = names.find(host);
        return found.isDone() ? found : found.whenCompleteAsync((addresses, failure) -> {}, rooms);
    }

    /**
     * Sends once. The future always completes normally; cancelling it closes the connection. The caller must have
     * {@linkplain #lookUp looked up} the host: this method does not, because the ledger already says that the request is
     * on its way.
     */
    public CompletableFuture<HttpResult> post(HttpCall call) {
        var body = new BodyProducer(call.body(), call.sendBefore(), System::nanoTime);
        if (body.isTooLate()) {
            return CompletableFuture.completedFuture(
                    new HttpResult.Failure(new HttpCall.TooLateException(), false, null));
        }
        var answer = reader(call.uri(), new AnswerReader.Text(call.maxAnswerBytes()));
        var ending = pending(
                body::forbid,
                cause -> cause instanceof HttpProxy.RefusedException
                        ? new HttpResult.Failure(cause, false, null)
                        : new HttpResult.Failure(cause, body.started(), answer.begun()));
        execute(request("POST", call.uri(), call.headers(), body), answer, ending);
        return ending;
    }

    /**
     * Gets once and hands the answer to {@code sink} as it comes; the text of the ending's answer is empty. Looks the
     * host up first. Otherwise as {@link #post}.
     */
    public CompletableFuture<HttpResult> fetch(URI uri, Map<String, String> headers, HttpCall.Sink sink) {
        var request = request("GET", uri, headers, null);
        var ending = pending(() -> {}, cause -> new HttpResult.Failure(cause, false, null));
        judged(uri).thenCompose(allowed -> names.find(nextHop(uri))).whenComplete((addresses, failure) -> {
            if (failure != null) {
                ending.failed(failure.getCause() instanceof IOException known ? known : new IOException(failure));
            } else if (!ending.isDone()) {
                execute(request, reader(uri, sink), ending);
            }
        });
        return ending;
    }

    /** Gets once; the ending's answer holds at most so many bytes of text. Otherwise as {@link #fetch}. */
    public CompletableFuture<HttpResult> get(URI uri, Map<String, String> headers, int maxAnswerBytes) {
        return fetch(uri, headers, new AnswerReader.Text(maxAnswerBytes));
    }

    /**
     * A proxy resolves names itself, so no rule is asked about the address that it connects to. Here the rule is asked
     * about the addresses that this machine finds, or about the name where it finds none.
     */
    private CompletableFuture<?> judged(URI uri) {
        HttpProxy proxy = settings.proxy();
        if (proxy == null || settings.addresses() == AddressRule.ANY) {
            return CompletableFuture.completedFuture(uri);
        }
        String host = host(uri);
        int port = port(uri);
        return names.find(host).handle((addresses, failure) -> {
            try {
                if (failure == null) {
                    for (InetAddress address : addresses) {
                        settings.addresses().check(host, port, address);
                    }
                } else if (proxy.isFor(host)) {
                    settings.addresses().checkUnresolved(host, port);
                }
                return uri;
            } catch (UnknownHostException e) {
                throw new CompletionException(e);
            }
        });
    }

    private BasicRequestProducer request(
            String method, URI uri, Map<String, String> headers, @Nullable AsyncEntityProducer body) {
        var request = new BasicHttpRequest(method, uri);
        request.setHeader("Accept", "*/*");
        // Newer clients ask for compressed answers by themselves.
        request.setHeader("Accept-Encoding", "identity");
        headers.forEach((name, value) -> request.setHeader(HiddenFromLogs.header(name, value)));
        HttpProxy proxy = plainProxy(uri);
        if (proxy != null) {
            proxy.authorize(request);
        }
        return new BasicRequestProducer(request, body);
    }

    private AnswerReader reader(URI uri, HttpCall.Sink sink) {
        HttpProxy proxy = plainProxy(uri);
        // A 407 is the proxy's; any other status may be the host's.
        return new AnswerReader(
                sink,
                status -> proxy != null && status == HttpProxy.UNAUTHENTICATED
                        ? new HttpProxy.RefusedException(proxy, host(uri) + ":" + port(uri), status)
                        : null);
    }

    /**
     * The proxy that gets the request itself, in plain text and with the proxy's credentials; null where there is none, or
     * a tunnel, whose CONNECT carries the credentials.
     */
    private @Nullable HttpProxy plainProxy(URI uri) {
        HttpProxy proxy = settings.proxy();
        return proxy != null && "http".equalsIgnoreCase(uri.getScheme()) && proxy.isFor(host(uri)) ? proxy : null;
    }

    /** The client takes names for hosts that {@link URI} does not. */
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

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    /** Fails by itself when the transport is closed. */
    private PendingCall pending(Runnable forbid, Function<Exception, HttpResult.Failure> failure) {
        var call = new PendingCall(rooms, forbid, failure);
        pending.add(call);
        call.whenComplete((result, error) -> pending.remove(call));
        return call;
    }

    private void execute(BasicRequestProducer request, AnswerReader answer, PendingCall call) {
        try {
            client().execute(request, answer, call);
        } catch (RuntimeException | Error e) {
            // There is no new client: nothing was begun.
            call.failed(new IOException(e));
        }
    }

    private LibraryClient client() {
        LibraryClient last = clients.getLast();
        return last.isBroken() ? replaced() : last;
    }

    private synchronized LibraryClient replaced() {
        LibraryClient last = clients.getLast();
        if (!last.isBroken() || closed) {
            return last;
        }
        LOG.warn(
                "An I/O thread of the HTTP client has ended, as when memory runs out. A new client makes the next calls."
                        + " After an OutOfMemoryError, restart this JVM: the ledger knows what is paid");
        var next = new LibraryClient(settings, names, this.rooms);
        clients.add(next);
        clients.removeIf(LibraryClient::isClosed);
        return next;
    }

    /** Closes every connection; calls in flight end as failures. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        clients.forEach(LibraryClient::close);
        List.copyOf(pending).forEach(call -> call.failed(new IOException(CLOSED)));
    }
}
