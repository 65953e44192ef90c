package io.github.camelhh1.credentials;

import io.github.camelhh1.async.Offload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks a supplier that may hang: on a few threads that may wait, and not for who has given up. */
public final class SuppliedCredentials implements Credentials {
    static final int AT_ONCE = 4;

    private final Supplier<String> supplier;
    private final Executor blocking;
    private final Executor rooms;
    private final Deque<CompletableFuture<String>> waiting = new ArrayDeque<>();
    private int asking;

    /**
     * What {@code supplier} gives, stripped of white space. It may take as long as it likes: it is asked on
     * {@code blocking}, by at most four calls at once, so that one that hangs leaves threads to the others.
     *
     * @param rooms where the answers go on
     */
    public SuppliedCredentials(Supplier<String> supplier, Executor blocking, Executor rooms) {
        this.supplier = supplier;
        this.blocking = blocking;
        this.rooms = rooms;
    }

    @Override
    public CompletableFuture<String> ask() {
        var answer = new CompletableFuture<String>();
        if (waits(answer)) {
            answer.whenComplete((key, failure) -> forget(answer));
            return answer;
        }
        try {
            blocking.execute(() -> askFor(answer));
        } catch (RejectedExecutionException e) {
            left();
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private synchronized boolean waits(CompletableFuture<String> answer) {
        if (asking == AT_ONCE) {
            waiting.add(answer);
            return true;
        }
        asking++;
        return false;
    }

    private synchronized void forget(CompletableFuture<String> answer) {
        waiting.removeIf(other -> other == answer);
    }

    /** On the same thread for those that wait, one after another. */
    private void askFor(CompletableFuture<String> first) {
        for (var answer = first; answer != null; answer = next()) {
            if (!answer.isDone()) {
                give(answer);
            }
        }
    }

    private synchronized @Nullable CompletableFuture<String> next() {
        var next = waiting.poll();
        if (next == null) {
            left();
        }
        return next;
    }

    private synchronized void left() {
        asking--;
    }

    private void give(CompletableFuture<String> answer) {
        Offload.complete(answer, rooms, () -> {
            String key = supplier.get();
            return key == null ? "" : key.strip();
        });
    }
}
