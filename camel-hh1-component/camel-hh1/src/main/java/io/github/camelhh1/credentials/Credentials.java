package io.github.camelhh1.credentials;

import java.util.concurrent.CompletableFuture;

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
}
