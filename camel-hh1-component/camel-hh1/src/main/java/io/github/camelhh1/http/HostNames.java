package io.github.camelhh1.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of hosts. They are looked up on threads that may wait, never on the caller's, one look-up at a time for
 * each host, and remembered, so that a connection finds them without waiting. Safe for use by many threads.
 */
public final class HostNames {
    /** Longer than a resolver takes that asks a second name server because the first is silent. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int MOST = 1_000;

    /** Finds the addresses of a host. May block for as long as a name server takes. */
    @FunctionalInterface
    public interface Resolver {
        /** As the platform does it. */
        Resolver SYSTEM = InetAddress::getAllByName;

        /** Never an empty array. */
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private record Known(List<InetAddress> addresses, long since) {}

    private final Resolver resolver;
    private final Executor blocking;
    private final Duration longest;
    private final LongSupplier nanoTime;
    /** Least recently used first. */
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new HashMap<>();

    /** @param blocking where look-ups wait; may refuse them once it is shut down */
    public HostNames(Resolver resolver, Executor blocking) {
        this(resolver, blocking, LONGEST, System::nanoTime);
    }

    HostNames(Resolver resolver, Executor blocking, Duration longest, LongSupplier nanoTime) {
        this.resolver = resolver;
        this.blocking = blocking;
        this.longest = longest;
        this.nanoTime = nanoTime;
    }

    /**
     * Completes at once for an address and for a name that was looked up some seconds ago; otherwise on any thread. Fails
     * with an {@link IOException} that names the host.
     */
    CompletableFuture<List<InetAddress>> find(String host) {
        InetAddress literal = IpLiteral.of(host);
        if (literal != null) {
            return CompletableFuture.completedFuture(List.of(literal));
        } else if (host.isEmpty()) {
            // Java takes it for the loopback address.
            return CompletableFuture.failedFuture(new CompletionException(new IOException("the URL names no host")));
        }
        String name = host.toLowerCase(Locale.ROOT);
        Known found = known(name);
        if (found != null && nanoTime.getAsLong() - found.since() < FRESH.toNanos()) {
            return CompletableFuture.completedFuture(found.addresses());
        }
        // A copy: a caller that gives up leaves the others waiting, and no second thread hangs at the same host.
        return lookUp(name)
                .copy()
                .orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(new CompletionException(described(host, failure))));
    }

    /** The addresses that were found last, however long ago. Never waits. */
    List<InetAddress> found(String host) throws UnknownHostException {
        InetAddress literal = IpLiteral.of(host);
        if (literal != null) {
            return List.of(literal);
        }
        Known found = known(host.toLowerCase(Locale.ROOT));
        if (found == null) {
            throw new UnknownHostException(host + " (its address was not looked up before the call)");
        }
        return found.addresses();
    }

    private IOException described(String host, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof UnknownHostException unknown) {
            return unknown;
        } else if (cause instanceof TimeoutException) {
            return new SocketTimeoutException(
                    "no address of host " + host + " was found within " + longest.toSeconds() + " s");
        } else if (cause instanceof RejectedExecutionException) {
            return new IOException("host " + host + " is not looked up any more: the component is stopping", cause);
        }
        return new IOException("the address of host " + host + " could not be looked up: " + cause, cause);
    }

    private synchronized @Nullable Known known(String name) {
        return known.get(name);
    }

    private synchronized CompletableFuture<List<InetAddress>> lookUp(String name) {
        var running = underWay.get(name);
        if (running != null) {
            return running;
        }
        var lookUp = new CompletableFuture<List<InetAddress>>();
        underWay.put(name, lookUp);
        try {
            blocking.execute(() -> resolve(name, lookUp));
        } catch (RejectedExecutionException e) {
            underWay.remove(name);
            lookUp.completeExceptionally(e);
        }
        return lookUp;
    }

    private void resolve(String name, CompletableFuture<List<InetAddress>> lookUp) {
        try {
            List<InetAddress> addresses = List.of(resolver.resolve(name));
            ended(name, new Known(addresses, nanoTime.getAsLong()));
            lookUp.complete(addresses);
        } catch (UnknownHostException | RuntimeException | Error e) {
            ended(name, null);
            lookUp.completeExceptionally(e);
        }
    }

    private synchronized void ended(String name, @Nullable Known found) {
        underWay.remove(name);
        if (found != null) {
            known.put(name, found);
            if (known.size() > MOST) {
                known.remove(known.keySet().iterator().next());
            }
        }
    }
}
