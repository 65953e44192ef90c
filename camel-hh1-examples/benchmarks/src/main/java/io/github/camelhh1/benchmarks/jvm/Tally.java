package io.github.camelhh1.benchmarks.jvm;

import io.github.camelhh1.benchmarks.report.Figures;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;

/** How calls ended. */
public final class Tally {
    private final CountDownLatch left;
    private final AtomicInteger completed = new AtomicInteger();
    private final AtomicInteger outOfMemory = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile String failure = "none";

    Tally(int calls) {
        left = new CountDownLatch(calls);
    }

    void ended(Exchange exchange) {
        Throwable error = exchange.getException();
        if (error != null) {
            failed(error);
        } else if (String.valueOf(exchange.getMessage().getBody()).contains(".mp4")) {
            completed.incrementAndGet();
            left.countDown();
        } else {
            failed(new IllegalStateException("an answer without a video"));
        }
    }

    void failed(Throwable error) {
        if (isOutOfMemory(error)) {
            outOfMemory.incrementAndGet();
        } else {
            failed.incrementAndGet();
            failure = error.toString();
        }
        left.countDown();
    }

    private static boolean isOutOfMemory(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    void await(long millis) throws InterruptedException {
        left.await(millis, TimeUnit.MILLISECONDS);
    }

    Figures figures() {
        return Figures.none()
                .with("completed", completed)
                .with("outOfMemory", outOfMemory)
                .with("failed", failed)
                .with("unanswered", left.getCount())
                .with("failure", failure);
    }
}
