package io.github.camelhh1.download;

import io.github.camelhh1.download.DownloadResult.Failed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one attempt after another until the video is here or there is no point in going on. While it waits it holds
 * neither a thread nor its turn, so that a host that is down keeps nobody from others.
 */
final class RetryLoop {
    private static final Logger LOG = LoggerFactory.getLogger(RetryLoop.class);

    private final DownloadOrder order;
    private final Partial partial;
    private final DownloadRuntime shared;
    private final Supplier<CompletionStage<AttemptResult>> attempt;
    private final RetryPolicy policy;

    RetryLoop(
            DownloadOrder order,
            Partial partial,
            DownloadRuntime shared,
            Supplier<CompletionStage<AttemptResult>> attempt) {
        this.order = order;
        this.partial = partial;
        this.shared = shared;
        this.attempt = attempt;
        this.policy = new RetryPolicy(order.limits().retries(), order.expiry(), shared.random());
    }

    CompletionStage<DownloadResult> run() {
        return shared.turns()
                .run(this::attempt, reason -> AttemptResult.last(new Failed(reason, null, null)))
                .thenCompose(this::goOn);
    }

    private CompletionStage<AttemptResult> attempt() {
        return CompletableFuture.supplyAsync(attempt, shared.blocking()).thenCompose(made -> made);
    }

    private CompletionStage<DownloadResult> goOn(AttemptResult attempted) {
        Duration delay = policy.delayAfter(
                attempted.repeat(), partial.length(), shared.clock().instant());
        if (delay == null) {
            return CompletableFuture.completedStage(told(attempted.ending()));
        }
        LOG.warn(
                "Video {} is not here yet: {}. It is paid for, so attempt {} follows in {}",
                order.name(),
                ((Failed) attempted.ending()).reason(),
                policy.attempts() + 1,
                delay);
        return shared.timers()
                .after(delay)
                .thenCompose(passed -> passed ? run() : CompletableFuture.completedStage(told(attempted.ending())));
    }

    private DownloadResult told(DownloadResult ending) {
        return ending instanceof Failed failed && policy.attempts() > 1
                ? new Failed(
                        failed.reason() + "; " + policy.attempts() + " attempts were made",
                        failed.cause(),
                        failed.status())
                : ending;
    }
}
