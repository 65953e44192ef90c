package io.github.camelhh1.examples.fleet.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** A row each time somebody looks. */
record Table(PrintStream out, Progress progress, Account account, List<WorkerNode> workers, long startNanos) {
    private static final String LEFT = "%5s %7s";
    private static final String NODE = " %9s";
    private static final String RIGHT = " %6s %8s %7s %8s %9s";

    void head() {
        StringBuilder row = new StringBuilder(LEFT.formatted("time", "queued"));
        workers.forEach(worker -> row.append(NODE.formatted(worker.name())));
        row.append(RIGHT.formatted("done", "unknown", "failed", "charges", "spent"));
        out.println(row);
        out.flush();
    }

    void row() {
        StringBuilder row = new StringBuilder(LEFT.formatted(seconds() + "s", progress.queued()));
        workers.forEach(worker -> row.append(NODE.formatted(worker.state())));
        row.append(RIGHT.formatted(
                progress.videos().size(),
                progress.held().size(),
                progress.failed().size(),
                account.charges(),
                "$" + account.spent()));
        out.println(row);
        out.flush();
    }

    private long seconds() {
        return Duration.ofNanos(System.nanoTime() - startNanos).toSeconds();
    }
}
