package io.github.camelhh1.simulator.pictures;

import io.github.camelhh1.simulator.wire.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Fetches images by their links, as the provider would; a few at a time, the others wait. */
final class ImageFetch implements AutoCloseable {
    private static final int AT_ONCE = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PictureStore store;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, new DaemonThreads("fetch"));
    private final HttpClient client = HttpClient.newBuilder()
            .executor(threads)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build();
    private final Map<URI, CompletableFuture<Picture>> underWay = new ConcurrentHashMap<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int free = AT_ONCE;

    ImageFetch(PictureStore store) {
        this.store = store;
    }

    /**
     * Completes with the picture, or with an {@link IOException} whose message says what is wrong with the link. Whoever
     * asks for a link that is just being fetched shares that fetch.
     *
     * @throws IllegalArgumentException when nothing can be fetched by such a link
     */
    CompletionStage<Picture> fetch(URI link) {
        HttpRequest request = HttpRequest.newBuilder(link).timeout(PATIENCE).build();
        CompletableFuture<Picture> fetched = new CompletableFuture<>();
        CompletableFuture<Picture> earlier = underWay.putIfAbsent(link, fetched);
        if (earlier != null) {
            return earlier;
        }
        start(() -> get(request).whenComplete((picture, problem) -> {
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

    private CompletionStage<Picture> get(HttpRequest request) {
        PictureStore.Incoming incoming = store.receive();
        return client.sendAsync(
                        request,
                        HttpResponse.BodyHandlers.ofByteArrayConsumer(
                                part -> part.ifPresent(bytes -> incoming.write(bytes, 0, bytes.length))))
                .handle((response, problem) -> {
                    if (problem != null || response.statusCode() != 200) {
                        incoming.discard();
                        throw new UncheckedIOException(
                                new IOException(problem != null ? "no answer" : "status " + response.statusCode()));
                    }
                    return finished(incoming);
                });
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
