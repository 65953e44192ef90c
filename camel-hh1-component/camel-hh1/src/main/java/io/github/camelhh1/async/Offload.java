package io.github.camelhh1.async;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Work that may block runs on one executor; its result is completed on another. */
public final class Offload {
    private Offload() {}

    @FunctionalInterface
    public interface Work<T, E extends Exception> extends Callable<T> {
        @Override
        T call() throws E;
    }

    /** Runs {@code work} on {@code worker} and completes the future on {@code rooms}; a failure is not wrapped. */
    public static <T> CompletableFuture<T> run(Executor worker, Executor rooms, Callable<T> work) {
        var result = new CompletableFuture<T>();
        worker.execute(() -> complete(result, rooms, work));
        return result;
    }

    /** Runs {@code work} on the calling thread and completes {@code result} on {@code rooms}. */
    public static <T> void complete(CompletableFuture<T> result, Executor rooms, Callable<T> work) {
        T value;
        try {
            value = work.call();
        } catch (Throwable e) {
            rooms.execute(() -> result.completeExceptionally(e));
            return;
        }
        rooms.execute(() -> result.complete(value));
    }

    /** The failure itself, where a stage has wrapped it. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }

    /**
     * Runs {@code work} on {@code worker} while the caller waits: a transaction that is bound to the caller's thread does
     * not reach it. An interrupt neither ends the work nor is lost.
     */
    @SuppressWarnings("unchecked")
    public static <T, E extends Exception> T await(Executor worker, Work<T, E> work) throws E {
        try {
            return run(worker, Runnable::run, work).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (E) Objects.requireNonNull(e.getCause());
        }
    }
}
