package io.github.camelhh1.generation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The host that calls go to. */
public interface ServiceHost {
    /** One that needs not be looked up. */
    ServiceHost KNOWN = known();

    String name();

    /**
     * Completes once a call can connect without waiting for a name server: at once or on the rooms executor. Fails with
     * what went wrong. Never blocks.
     */
    CompletionStage<?> find();

    private static ServiceHost known() {
        var found = CompletableFuture.completedFuture(true);
        return of("known", () -> found);
    }

    static ServiceHost of(String name, Supplier<? extends CompletionStage<?>> search) {
        return new ServiceHost() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public CompletionStage<?> find() {
                return search.get();
            }
        };
    }
}
