package io.github.camelhh1.rooms;

import io.github.camelhh1.async.Offload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The API key. It is asked for at each call, so that a key can be rotated without a restart. */
@FunctionalInterface
public interface Credentials {

    /**
     * Never blocks. The future completes at once or on the rooms executor, or fails with the supplier's exception. A
     * caller that no longer waits cancels it.
     */
    CompletableFuture<String> ask();

    /** Always the same key, without waiting. */
    static Credentials fixed(String key) {
        var known = CompletableFuture.completedFuture(key);
        return () -> known;
    }

    /**
     * The keys that {@code supplier} gives, stripped of white space. The supplier may take long: it is asked on
     * {@code blocking}, by at most four calls at once, so that a supplier that hangs leaves threads to the others.
     *
     * @param rooms where the answers go on
     */
    static Credentials supplied(Supplier<String> supplier, Executor blocking, Executor rooms) {
        return new Supplied(supplier, blocking, rooms);
    }

    /** Whether a key can travel in a header: visible ASCII only, so without the line break that ends a mounted secret. */
    static boolean areUsable(String key) {
        return !key.isEmpty() && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Asks a supplier, which may hang. It is not asked for calls that were given up. */
    final class Supplied implements Credentials {
        static final int AT_ONCE = 4;

        private final Supplier<String> supplier;
        private final Executor blocking;
        private final Executor rooms;
        private final Deque<CompletableFuture<String>> waiting = new ArrayDeque<>();
        private int asking;

        private Supplied(Supplier<String> supplier, Executor blocking, Executor rooms) {
            this.supplier = supplier;
            this.blocking = blocking;
            this.rooms = rooms;
        }

        @Override
        public CompletableFuture<String> ask() {
            var answer = new CompletableFuture<String>();
            boolean begins = enqueue(answer);
            answer.whenComplete((key, failure) -> forget(answer));
            if (begins) {
                try {
                    blocking.execute(this::askForAll);
                } catch (RejectedExecutionException e) {
                    left();
                    answer.completeExceptionally(e);
                }
            }
            return answer;
        }

        private synchronized boolean enqueue(CompletableFuture<String> answer) {
            waiting.add(answer);
            boolean begins = asking < AT_ONCE;
            asking += begins ? 1 : 0;
            return begins;
        }

        private synchronized void forget(CompletableFuture<String> answer) {
            waiting.removeIf(other -> other == answer);
        }

        /** For one after another, on the same thread. */
        private void askForAll() {
            for (var answer = next(); answer != null; answer = next()) {
                askFor(answer);
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

        private void askFor(CompletableFuture<String> answer) {
            Offload.complete(answer, rooms, () -> {
                String key = supplier.get();
                return key == null ? "" : key.strip();
            });
        }
    }
}
