package io.github.camelhh1.wiring;

import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.staging.Caller;
import io.github.camelhh1.staging.SharedImages;
import io.github.camelhh1.staging.Staging;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Images that stayed where they were staged because the outcome of their run was not known. */
public final class LeftoverImages {
    private static final Logger LOG = LoggerFactory.getLogger(LeftoverImages.class);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final EndpointOptions endpoint;
    private final @Nullable Staging staging;

    /** By the staging options of the endpoint that settles the run. */
    public LeftoverImages(EndpointOptions endpoint) throws Exception {
        this.endpoint = endpoint;
        this.staging = StagingParts.staging(endpoint);
    }

    /** Those of a run as it was before it was settled. The stage never fails, and does not wait for a store that hangs. */
    public CompletionStage<Void> remove(Run run, Exchange exchange) {
        if (run.staged().isEmpty() || !endpoint.configuration().isStagingCleanup()) {
            return CompletableFuture.completedStage(null);
        } else if (staging == null) {
            LOG.warn(
                    "The staged images {} of run {} stay where they are: hh1:{} removes them where it has the staging"
                            + " options of the generate that staged them",
                    run.staged().stream().map(SharedImages::reference).toList(),
                    run.runId(),
                    endpoint.operation());
            return CompletableFuture.completedStage(null);
        }
        Staging mine = staging.onBehalfOf(Caller.of(exchange, run.asked().correlation()));
        var timer = endpoint.component().timers.after(LONGEST);
        var removals = run.staged().stream()
                .map(image -> mine.remove(image).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        var done = new CompletableFuture<Void>();
        CompletableFuture.allOf(removals).whenComplete((gone, never) -> {
            done.complete(null);
            timer.complete(false);
        });
        timer.thenAccept(passed -> done.complete(null));
        return done;
    }

    public void close() {
        if (staging != null) {
            staging.close();
        }
    }
}
