package io.github.camelhh1.benchmarks.measured;

import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import io.github.camelhh1.ledger.NewRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The ledger's steps of a generation: claimed, sent, settled. A number of callers do them, each time for another run.
 */
public final class LedgerSteps {
    private final LedgerSession ledger;
    private final String series = UUID.randomUUID().toString();

    LedgerSteps(LedgerSession ledger) {
        this.ledger = ledger;
    }

    /** Milliseconds of each run. */
    List<Double> run(int first, int runs) {
        var millis = new ArrayList<Double>();
        for (int i = first; i < first + runs; i++) {
            long began = System.nanoTime();
            one(i);
            millis.add((System.nanoTime() - began) / 1e6);
        }
        return millis;
    }

    /** Runs that are sent and not settled. */
    void leaveSent(int runs) {
        for (int i = 0; i < runs; i++) {
            sent(i);
        }
    }

    private Attempt sent(int number) {
        var run = new NewRun(
                "%032d".formatted(number) + series.substring(0, 8),
                "account",
                "alibaba/hh1-i2v",
                series + "-" + number,
                "f".repeat(64),
                "photo-" + number + ".mp4",
                5,
                null,
                null);
        if (!(ledger.claim(run, 1) instanceof Claiming.Claimed claimed)) {
            throw new IllegalStateException("a new run was not claimed");
        }
        return ledger.sent(claimed.claim(), null).orElseThrow();
    }

    private void one(int number) {
        Attempt attempt = sent(number);
        var completion = new Completion(
                "https://videos.example/" + number + ".mp4?Expires=1900000000&Signature=" + "s".repeat(200),
                "Completed",
                "BYOK",
                Duration.ofSeconds(90),
                "01JADMCQQQBWH3NXZ5GCRN98DP",
                "8f0a1b2c3d4e5f60-FRA",
                "MISS");
        if (ledger.complete(attempt, completion) != Settled.DONE) {
            throw new IllegalStateException("a claim was lost");
        }
    }

    /** Runs in a second, all callers together. */
    double perSecond(int callers, int runsEach) {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            var work = new ArrayList<Callable<List<Double>>>();
            for (int caller = 0; caller < callers; caller++) {
                int first = 1_000_000 + caller * runsEach;
                work.add(() -> run(first, runsEach));
            }
            long began = System.nanoTime();
            for (Future<?> done : threads.invokeAll(work)) {
                done.get();
            }
            return callers * runsEach / ((System.nanoTime() - began) / 1e9);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
