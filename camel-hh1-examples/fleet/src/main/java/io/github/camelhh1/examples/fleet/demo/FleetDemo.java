package io.github.camelhh1.examples.fleet.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Three workers make videos of sample photos; one is killed, one is stopped. {@code mvn -q -Pfleet} runs it. */
public final class FleetDemo {
    private static final long DELAY_MILLIS = 4000;
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** A look-up begins within a minute, and its video is emitted FLEET_LATE_AFTER later. */
    private static final long PATIENCE_SECONDS = 150;

    private final PrintStream out;
    private final Cloud cloud;
    private final List<WorkerNode> workers;
    private final Progress progress;
    private final long start = System.nanoTime();
    private WorkerNode killed;
    private WorkerNode stopped;

    private FleetDemo(PrintStream out, Cloud cloud, List<WorkerNode> workers) {
        this.out = out;
        this.cloud = cloud;
        this.workers = workers;
        this.progress = cloud.progress();
    }

    public static void main(String... words) throws Exception {
        Path folder = Path.of(System.getProperty("fleet.dir", "target/fleet")).toAbsolutePath();
        int photos = Integer.getInteger("fleet.photos", 60);
        System.exit(run(System.out, System.getProperty("fleet.source", "sqs"), folder, photos));
    }

    private static int run(PrintStream out, String source, Path folder, int photos) throws Exception {
        empty(folder);
        out.println("The services of a fleet start, FLEET_SOURCE=" + source + "; their logs are in " + folder);
        List<WorkerNode> workers = new ArrayList<>();
        try (Cloud cloud = Cloud.start(source, folder, DELAY_MILLIS)) {
            try {
                for (String name : List.of("worker-a", "worker-b", "worker-c")) {
                    workers.add(cloud.startWorker(name));
                }
                return new FleetDemo(out, cloud, workers).play(photos);
            } finally {
                workers.forEach(WorkerNode::close);
            }
        }
    }

    private int play(int photos) throws Exception {
        List<String> keys = cloud.feed(photos);
        Table table = new Table(out, progress, cloud.account(), workers, start);
        out.println(keys.size() + " photos are fed");
        table.head();
        while (progress.through() < keys.size() || progress.left() > 0) {
            if (System.nanoTime() - start > LONGEST.toNanos()
                    || workers.stream().noneMatch(WorkerNode::isAlive)) {
                out.println("It takes too long, or no worker is left");
                break;
            }
            Thread.sleep(PAUSE.toMillis());
            progress.look();
            table.row();
            end(keys.size());
        }
        awaitHeld(table);
        return reckon(keys);
    }

    /** The call of the killed worker may have ended: then the gateway's logs have its video. */
    private void awaitHeld(Table table) throws InterruptedException {
        long patience = Duration.ofSeconds(Long.getLong("fleet.patience", PATIENCE_SECONDS))
                .toNanos();
        long since = System.nanoTime();
        if (patience > 0 && !progress.held().isEmpty()) {
            out.println("      " + progress.held().size()
                    + " photos are held; the workers look for their videos in the gateway's logs");
        }
        while (!progress.held().isEmpty() && System.nanoTime() - since < patience) {
            Thread.sleep(PAUSE.toMillis());
            progress.look();
            table.row();
        }
    }

    /** Kills a worker when a sixth of the photos is done, and stops another when it is a third. */
    private void end(int photos) {
        int done = progress.videos().size();
        if (killed == null && done >= photos / 6) {
            killed = busy();
            end(killed, "SIGKILL", WorkerNode::kill);
        } else if (killed != null && stopped == null && done >= photos / 3) {
            stopped = busy();
            end(stopped, "SIGTERM", WorkerNode::terminate);
        }
    }

    /** Null when no worker has anything in flight. */
    private WorkerNode busy() {
        return workers.stream()
                .filter(worker -> worker != killed && worker.inFlight() > 0)
                .findFirst()
                .orElse(null);
    }

    private void end(WorkerNode worker, String signal, Consumer<WorkerNode> how) {
        if (worker != null) {
            out.println("      " + signal + " to " + worker.name() + " with " + worker.inFlight() + " in flight");
            how.accept(worker);
        }
    }

    private int reckon(List<String> keys) throws Exception {
        progress.look();
        List<String> problems = new ArrayList<>();
        if (stopped == null) {
            problems.add("the photos were through before two workers were ended");
        } else if (stopped.awaitEnd() != 0) {
            problems.add(stopped.name() + " ended with status " + stopped.awaitEnd() + " after SIGTERM");
        }
        Reckoning reckoning =
                new Reckoning(keys, progress, cloud.account().perPhoto(), LedgerRuns.states(cloud.worker()));
        problems.addAll(reckoning.problems());
        reckoning.print(out, problems);
        return problems.isEmpty() ? 0 : 1;
    }

    static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder);
    }
}
