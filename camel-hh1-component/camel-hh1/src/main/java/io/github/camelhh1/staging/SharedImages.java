package io.github.camelhh1.staging;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls that need a staged image, over all endpoints of a component: an image that several calls need at once
 * is put once, and removed when the last of them has its outcome. Puts and removals of one image never overlap. Safe for
 * use by many threads.
 *
 * <p>The ledger is asked whether a run of unknown outcome still needs an image, since another node may have settled the
 * run. It is asked only where there was such a run.
 */
public final class SharedImages {
    /** Separates the reference and the URL in the ledger. Neither of them contains it. */
    private static final char SEPARATOR = '\t';

    private final LongSupplier nanoTime;
    private final Function<String, CompletionStage<Boolean>> neededByRuns;
    private final Set<String> keptEarlier = new HashSet<>();
    private final Map<Name, Image> images = new HashMap<>();

    /** {@code neededByRuns}: whether a run, sent or of unknown outcome, needs the image of this reference. */
    public SharedImages(LongSupplier nanoTime, Function<String, CompletionStage<Boolean>> neededByRuns) {
        this.nanoTime = nanoTime;
        this.neededByRuns = neededByRuns;
    }

    /**
     * Names an image.
     *
     * @param place of its store
     * @param reference in that place
     */
    record Name(String place, String reference) {}

    /** A put, done or under way. Its URL lives {@code until} then, on the monotonic clock. */
    private record Put(CompletableFuture<String> url, long until) {}

    private static final class Image {
        private int uses;
        /** Whether a run of unknown outcome may need it. */
        private boolean kept;
        /** Whether the image is in the store. */
        private boolean stored;

        private @Nullable Put put;
        private CompletableFuture<Boolean> removal = CompletableFuture.completedFuture(true);
    }

    /** Images that an earlier start, or another node, has staged, and that runs of unknown outcome may need. */
    public synchronized void keptEarlier(Collection<String> remembered) {
        remembered.forEach(each -> keptEarlier.add(reference(each)));
    }

    /** The text for the ledger: the reference, and the URL that the removal needs, if any. */
    static String remembered(String reference, @Nullable String more) {
        return more == null ? reference : reference + SEPARATOR + more;
    }

    /** The reference in the ledger's text. */
    public static String reference(String remembered) {
        int end = remembered.indexOf(SEPARATOR);
        return end < 0 ? remembered : remembered.substring(0, end);
    }

    private Image image(Name name) {
        return images.computeIfAbsent(name, first -> {
            var image = new Image();
            image.kept = keptEarlier.remove(name.reference());
            return image;
        });
    }

    /**
     * Begins a use of the image. It is put if it is not there, or if its URL would expire within {@code needed}; the URL
     * then lives for {@code life}. The caller must end the use, also of an image that could not be put.
     */
    CompletionStage<String> use(Name name, Duration needed, Duration life, Supplier<CompletionStage<String>> store) {
        CompletableFuture<String> fresh = new CompletableFuture<>();
        CompletionStage<?> before;
        Image image;
        synchronized (this) {
            image = image(name);
            image.uses++;
            long now = nanoTime.getAsLong();
            Put put = image.put;
            if (put != null && !put.url.isCompletedExceptionally() && put.until - now >= needed.toNanos()) {
                return put.url;
            }
            image.put = new Put(fresh, now + life.toNanos());
            before = image.removal;
        }
        before.handle((gone, ignored) -> true).thenCompose(ready -> store.get()).whenComplete((url, failure) -> {
            if (failure == null) {
                synchronized (this) {
                    image.stored = true;
                }
                fresh.complete(url);
            } else {
                fresh.completeExceptionally(failure);
            }
        });
        return fresh;
    }

    /** Ends a use whose outcome is unknown: the image stays until {@link #unkeep}. */
    synchronized void keep(Name name) {
        Image image = image(name);
        image.uses--;
        image.kept = true;
        if (image.uses == 0) {
            // Another node may settle the run, and remove the image: the next use puts it again.
            image.put = null;
        }
    }

    /** Ends a use whose outcome is known, or whose image could not be put. */
    CompletionStage<Boolean> release(Name name, Supplier<CompletionStage<Boolean>> removal) {
        synchronized (this) {
            image(name).uses--;
        }
        return removeIfIdle(name, removal);
    }

    /** The same for an image that may be in the store though its put failed. */
    CompletionStage<Boolean> releaseFailed(Name name, Supplier<CompletionStage<Boolean>> removal) {
        synchronized (this) {
            image(name).stored = true;
        }
        return release(name, removal);
    }

    /** A run for which {@link #keep} kept the image, perhaps in an earlier start, is settled in the ledger. */
    CompletionStage<Boolean> unkeep(Name name, Supplier<CompletionStage<Boolean>> removal) {
        synchronized (this) {
            Image image = image(name);
            image.kept = true;
            image.stored = true;
        }
        return removeIfIdle(name, removal);
    }

    private CompletionStage<Boolean> removeIfIdle(Name name, Supplier<CompletionStage<Boolean>> removal) {
        var done = new CompletableFuture<Boolean>();
        CompletionStage<?> before;
        Image image;
        synchronized (this) {
            image = image(name);
            if (image.uses > 0 || !image.stored) {
                forgetIfIdle(name, image);
                return CompletableFuture.completedStage(true);
            }
            before = image.removal;
            image.removal = done;
            image.stored = false;
            image.put = null;
        }
        before.handle((gone, ignored) -> true)
                .thenCompose(ready -> image.kept ? isNeeded(name, image) : CompletableFuture.completedStage(false))
                .thenCompose(needed -> needed ? stays(image) : goes(image, removal))
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

    /** If the ledger cannot answer, the image stays: a later removal asks again. */
    private CompletionStage<Boolean> isNeeded(Name name, Image image) {
        return neededByRuns.apply(name.reference()).whenComplete((needed, failure) -> {
            if (failure != null) {
                stays(image);
            }
        });
    }

    private synchronized CompletionStage<Boolean> stays(Image image) {
        image.stored = true;
        return CompletableFuture.completedStage(true);
    }

    private CompletionStage<Boolean> goes(Image image, Supplier<CompletionStage<Boolean>> removal) {
        synchronized (this) {
            image.kept = false;
        }
        return removal.get();
    }

    private void forgetIfIdle(Name name, Image image) {
        if (image.uses == 0 && !image.stored && image.removal.isDone()) {
            images.remove(name, image);
        }
    }

    /** The number of images that are in use, or kept. */
    synchronized int size() {
        return images.size();
    }
}
