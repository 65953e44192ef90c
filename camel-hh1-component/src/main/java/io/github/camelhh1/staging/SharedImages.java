package io.github.camelhh1.staging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who needs which staged image, over all endpoints of a component: an image that several calls need at once is put once,
 * and goes when the last of them has its outcome. Puts and removals of one image never overlap. Safe for use by many
 * threads.
 */
public final class SharedImages {
    private final LongSupplier nanoTime;
    private final Map<String, Image> images = new HashMap<>();

    public SharedImages(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A put, done or under way, and until when, by the monotonic clock, its URL lives. */
    private record Put(CompletableFuture<String> url, long until) {}

    private static final class Image {
        private int uses;
        private int kept;
        /** Whether something lies in the store. */
        private boolean stored;

        private @Nullable Put put;
        private CompletableFuture<Boolean> removal = CompletableFuture.completedFuture(true);
    }

    /**
     * One more needs the image. Where nobody has put it, or where the URL would die within {@code needed}, it is put; its
     * URL then lives for {@code life}. Whoever asked ends the use, also of an image that could not be put.
     */
    CompletionStage<String> use(String name, Duration needed, Duration life, Supplier<CompletionStage<String>> store) {
        CompletableFuture<String> url;
        Image image;
        CompletableFuture<String> fresh = null;
        CompletionStage<?> before;
        synchronized (this) {
            image = images.computeIfAbsent(name, key -> new Image());
            image.uses++;
            before = image.removal;
            Put put = image.put;
            long now = nanoTime.getAsLong();
            if (put == null || put.url.isCompletedExceptionally() || put.until - now < needed.toNanos()) {
                fresh = new CompletableFuture<>();
                put = new Put(fresh, now + life.toNanos());
                image.put = put;
            }
            url = put.url;
        }
        if (fresh != null) {
            start(before, store, image, fresh);
        }
        return url;
    }

    private void start(
            CompletionStage<?> before,
            Supplier<CompletionStage<String>> store,
            Image image,
            CompletableFuture<String> url) {
        before.handle((gone, ignored) -> true).thenCompose(ready -> store.get()).whenComplete((link, failure) -> {
            if (failure == null) {
                synchronized (this) {
                    image.stored = true;
                }
                url.complete(link);
            } else {
                url.completeExceptionally(failure);
            }
        });
    }

    /** The outcome of one call is not known: the image stays until {@link #unkeep}. */
    synchronized void keep(String name) {
        Image image = images.get(name);
        if (image != null) {
            image.uses--;
            image.kept++;
        }
    }

    /** The outcome of one call is known, or its image could not be put. */
    CompletionStage<?> release(String name, Supplier<CompletionStage<Boolean>> removal) {
        return end(name, image -> image.uses--, removal);
    }

    /** What {@link #keep} kept, perhaps in an earlier start, need not stay any longer. */
    CompletionStage<?> unkeep(String name, Supplier<CompletionStage<Boolean>> removal) {
        return end(
                name,
                image -> {
                    image.kept = Math.max(0, image.kept - 1);
                    image.stored = true;
                },
                removal);
    }

    private interface Change {
        void to(Image image);
    }

    private CompletionStage<?> end(String name, Change change, Supplier<CompletionStage<Boolean>> removal) {
        var done = new CompletableFuture<Boolean>();
        CompletionStage<?> before;
        Image image;
        synchronized (this) {
            image = images.computeIfAbsent(name, key -> new Image());
            change.to(image);
            if (image.uses > 0 || image.kept > 0 || !image.stored) {
                forgetIfIdle(name, image);
                return CompletableFuture.completedStage(true);
            }
            before = image.removal;
            image.removal = done;
            image.stored = false;
            image.put = null;
        }
        before.handle((gone, ignored) -> true)
                .thenCompose(ready -> removal.get())
                .whenComplete((gone, failure) -> {
                    if (failure == null) {
                        done.complete(gone);
                    } else {
                        done.completeExceptionally(failure);
                    }
                    synchronized (this) {
                        forgetIfIdle(name, image);
                    }
                });
        return done;
    }

    private void forgetIfIdle(String name, Image image) {
        boolean removed = image.removal.isDone();
        if (image.uses == 0 && image.kept == 0 && !image.stored && removed) {
            images.remove(name, image);
        }
    }

    /** How many images are in use, or kept. */
    synchronized int size() {
        return images.size();
    }
}
