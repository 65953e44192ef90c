package io.github.camelhh1.simulator.pictures;

import io.github.camelhh1.simulator.wire.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Fetches images by their links, as the provider would; a few at a time, the others wait. */
final class ImageFetch implements AutoCloseable {
    private static final int AT_ONCE = 32;
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** As the model's own limit is. */
    private static final long MOST_BYTES = 20L << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PictureStore store;
    private final Duration patience;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, new DaemonThreads("fetch"));
    private final HttpClient client = HttpClient.newBuilder()
            .executor(threads)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();
    private final Map<URI, CompletableFuture<Picture>> underWay = new ConcurrentHashMap<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private volatile boolean privateHosts;
    private int free = AT_ONCE;

    ImageFetch(PictureStore store) {
        this(store, PATIENCE);
    }

    /** @param patience limit of a whole fetch, between its request and the last byte */
    ImageFetch(PictureStore store, Duration patience) {
        this.store = store;
        this.patience = patience;
    }

    void allowPrivateHosts() {
        privateHosts = true;
    }

    /**
     * Completes with the picture, or with an {@link IOException} whose message says what is wrong with the link.
     * Callers that ask for the same link at the same time share one fetch.
     *
     * @throws IllegalArgumentException when nothing can be fetched by such a link
     */
    CompletionStage<Picture> fetch(URI link) {
        HttpRequest request = request(link);
        CompletableFuture<Picture> fetched = new CompletableFuture<>();
        CompletableFuture<Picture> earlier = underWay.putIfAbsent(link, fetched);
        if (earlier != null) {
            return earlier;
        }
        start(() -> get(request, 0).whenComplete((picture, problem) -> {
            underWay.remove(link);
            startNext();
            if (problem == null) {
                fetched.complete(picture);
            } else {
                fetched.completeExceptionally(problem instanceof CompletionException ? problem.getCause() : problem);
            }
        }));
        return fetched;
    }

    @Override
    public void close() {
        DaemonThreads.end(threads);
    }

    private static HttpRequest request(URI link) {
        return HttpRequest.newBuilder(link).timeout(PATIENCE).build();
    }

    private CompletionStage<Picture> get(HttpRequest request, int redirects) {
        return CompletableFuture.supplyAsync(() -> objection(request.uri()), threads)
                .thenCompose(objection -> objection == null ? sent(request, redirects) : failed(objection));
    }

    /** On a thread that may wait: the host's name is looked up. */
    private @Nullable String objection(URI link) {
        try {
            return privateHosts ? null : PrivateAddresses.objection(link);
        } catch (UnknownHostException e) {
            return "no answer";
        }
    }

    private static CompletionStage<Picture> failed(String reason) {
        return CompletableFuture.failedFuture(new IOException(reason));
    }

    private CompletionStage<Picture> sent(HttpRequest request, int redirects) {
        ImageSink sink = new ImageSink(store.receive(), MOST_BYTES);
        return client.sendAsync(request, head -> head.statusCode() == 200 ? sink : ImageSink.nothing())
                // The request's own limit ends with the headers of the answer.
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, problem) -> {
                    if (problem == null && response.statusCode() == 200) {
                        return CompletableFuture.completedStage(finished(sink.incoming()));
                    }
                    sink.incoming().discard();
                    return problem != null
                            ? failed(sink.tooLong() ? "more than 20 MB" : "no answer")
                            : elsewhere(request, response, redirects);
                })
                .thenCompose(outcome -> outcome);
    }

    /** Each target of a redirect is checked. */
    private CompletionStage<Picture> elsewhere(HttpRequest request, HttpResponse<?> response, int redirects) {
        String location = response.headers().firstValue("Location").orElse("");
        if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty() || redirects == MOST_REDIRECTS) {
            return failed("status " + response.statusCode());
        }
        URI target = request.uri().resolve(location);
        boolean lessSafe = "https".equals(request.uri().getScheme()) && !"https".equals(target.getScheme());
        return lessSafe ? failed("status " + response.statusCode()) : get(request(target), redirects + 1);
    }

    private Picture finished(PictureStore.Incoming incoming) {
        try {
            return store.find(incoming.finish());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void start(Runnable fetch) {
        if (free == 0) {
            waiting.add(fetch);
        } else {
            free--;
            fetch.run();
        }
    }

    private synchronized void startNext() {
        Runnable next = waiting.poll();
        if (next == null) {
            free++;
        } else {
            next.run();
        }
    }
}
