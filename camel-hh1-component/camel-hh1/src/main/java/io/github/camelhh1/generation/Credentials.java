package io.github.camelhh1.generation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** What calls show the service. Asked for each call, so that a key can be rotated without a restart. */
@FunctionalInterface
public interface Credentials {

    /**
     * Never blocks. The future completes at once or on the rooms executor, or fails with what went wrong; cancelling it
     * tells that nobody waits any more.
     */
    CompletableFuture<String> ask();

    /** Always the same, without waiting. */
    static Credentials fixed(String key) {
        var known = CompletableFuture.completedFuture(key);
        return () -> known;
    }

    /**
     * What {@code supplier} gives, stripped of white space. It may take as long as it likes: it is asked on
     * {@code blocking}, by at most four calls at once, so that one that hangs leaves threads to the others.
     *
     * @param rooms where the answers go on
     */
    static Credentials of(Supplier<String> supplier, Executor blocking, Executor rooms) {
        return new SuppliedCredentials(supplier, blocking, rooms);
    }
}
