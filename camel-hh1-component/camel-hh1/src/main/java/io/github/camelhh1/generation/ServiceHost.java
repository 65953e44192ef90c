package io.github.camelhh1.generation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The host that calls go to.
 *
 * @param search never blocks; its stage completes, at once or on the rooms executor, once a call can connect without
 *     waiting for a name server, and fails with the reason why it cannot
 */
public record ServiceHost(String name, Supplier<? extends CompletionStage<?>> search) {
    /** A host that needs no name server. */
    public static final ServiceHost KNOWN = new ServiceHost("known", () -> CompletableFuture.completedFuture(true));
}
