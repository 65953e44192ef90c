package io.github.camelhh1.async;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Work on other threads, for which the caller waits: a transaction that is bound to the caller's thread does not reach it. */
public final class Apart {
    private Apart() {}

    @FunctionalInterface
    public interface Work<T, E extends Throwable> {
        T done() throws E;
    }

    /** An interrupt is not lost, and does not end the work. */
    @SuppressWarnings("unchecked")
    public static <T, E extends Throwable> T on(Executor threads, Work<T, E> work) throws E {
        var result = new CompletableFuture<T>();
        threads.execute(() -> {
            try {
                result.complete(work.done());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.join();
        } catch (CompletionException e) {
            throw (E) Objects.requireNonNull(e.getCause());
        }
    }
}
