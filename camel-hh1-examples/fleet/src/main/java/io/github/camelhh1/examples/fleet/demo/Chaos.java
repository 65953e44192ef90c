package io.github.camelhh1.examples.fleet.demo;

import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.springframework.dao.DataAccessException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Workers make videos while nodes are killed and services fail. The seed decides the order of the faults and which worker
 * each of them hits. {@code mvn -q -Pfleet -Dfleet.main=Chaos} runs it.
 */
public final class Chaos {
    private static final Duration LONGEST = Duration.ofHours(2);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration CUT = Duration.ofSeconds(40);
    /** And a margin, for this program looks every two seconds. */
    private static final Duration HALF_LEASE = WorkerSettings.LEASE.dividedBy(2).plusSeconds(2);

    private final PrintStream out;
    private final Cloud cloud;
    private final Progress progress;
    private final Random random;
    private final List<WorkerNode> workers = new ArrayList<>();
    private final List<WorkerNode> terminated = new ArrayList<>();
    private final long start = System.nanoTime();
    private Alone alone;
    private int sentBefore = -1;
    private int sentAlone;
    private int started;
    private long fed;

    /** The worker that is cut off just now. */
    private record Alone(WorkerNode node, long since) {}

    private Chaos(PrintStream out, Cloud cloud, long seed) {
        this.out = out;
        this.cloud = cloud;
        this.progress = cloud.progress();
        this.random = new Random(seed);
    }

    public static void main(String... words) throws Exception {
        Path folder = Path.of(System.getProperty("fleet.dir", "target/fleet")).toAbsolutePath();
        FleetDemo.empty(folder);
        try (Cloud cloud =
                Cloud.start(System.getProperty("fleet.source", "sqs"), folder, Long.getLong("fleet.delay", 4) * 1000)) {
            Chaos chaos = new Chaos(System.out, cloud, Long.getLong("fleet.seed", 17));
            int status = chaos.play(
                    Integer.getInteger("fleet.nodes", 3),
                    Integer.getInteger("fleet.photos", 60),
                    faults(System.getProperty("fleet.faults", "kill:2,term:1,database:1,queue:1,storage:1")));
            System.out.flush();
            System.exit(status);
        }
    }

    /** Such as {@code kill:2,term:1}. */
    private static List<String> faults(String counts) {
        List<String> faults = new ArrayList<>();
        for (String count : counts.isEmpty() ? new String[0] : counts.split(",")) {
            String[] words = count.split(":");
            faults.addAll(Collections.nCopies(Integer.parseInt(words[1]), words[0]));
        }
        return faults;
    }

    private int play(int nodes, int photos, List<String> faults) throws Exception {
        try {
            for (int i = 0; i < nodes; i++) {
                startWorker();
            }
            awaitWorkers();
            List<String> names = cloud.feed(photos);
            fed = System.nanoTime();
            Costs before = Costs.now(cloud, workers);
            Collections.shuffle(faults, random);
            say(photos + " photos, " + nodes + " workers, faults: " + faults);
            int caused = 0;
            while (progress.through() < photos || left() > 0 || alone != null) {
                Thread.sleep(PAUSE.toMillis());
                look();
                watchAlone();
                // The last one leaves photos to do.
                if (caused < faults.size()
                        && progress.through() >= (caused + 1) * photos / (faults.size() + 2)
                        && isPossible(faults.get(caused))) {
                    cause(faults.get(caused++));
                }
                if (System.nanoTime() - start > LONGEST.toNanos()) {
                    break;
                }
            }
            tellSpeed(photos);
            // A worker that was killed has taken its figures with it.
            if (caused == 0) {
                say(Costs.now(cloud, workers).perPhoto(before, photos));
            }
            return reckon(names, faults.size() - caused);
        } finally {
            workers.forEach(WorkerNode::close);
            terminated.forEach(WorkerNode::close);
        }
    }

    private void tellSpeed(int photos) throws IOException {
        double minutes = (System.nanoTime() - fed) / 60e9;
        say("%.0f photos a minute since they were fed".formatted(photos / minutes));
        for (WorkerNode worker : workers) {
            say("  " + worker.name() + ": " + worker.vitals());
        }
    }

    private void startWorker() throws Exception {
        workers.add(cloud.startWorker("worker-" + ++started));
    }

    /** One worker at a time is cut off. */
    private boolean isPossible(String fault) {
        return alone == null || !fault.equals("cut");
    }

    /** Not the one that is cut off, which has to come back. */
    private WorkerNode takeOne() {
        List<WorkerNode> others = workers.stream()
                .filter(worker -> alone == null || alone.node() != worker)
                .toList();
        List<WorkerNode> working = others.stream().filter(WorkerNode::isWorking).toList();
        List<WorkerNode> ones = working.isEmpty() ? others : working;
        WorkerNode one = ones.get(random.nextInt(ones.size()));
        workers.remove(one);
        return one;
    }

    private void awaitWorkers() throws InterruptedException {
        while (workers.stream().anyMatch(worker -> !worker.isWorking() && worker.isAlive())) {
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private void cause(String fault) throws Exception {
        say(fault + ": " + progress.videos().size() + " done, "
                + cloud.account().charges() + " charges");
        switch (fault) {
            case "kill" -> {
                WorkerNode victim = takeOne();
                say("  SIGKILL to " + victim.name() + " with " + victim.inFlight() + " in flight");
                victim.kill();
                victim.close();
                startWorker();
            }
            case "term" -> {
                WorkerNode victim = takeOne();
                say("  SIGTERM to " + victim.name() + " with " + victim.inFlight() + " in flight");
                victim.terminate();
                terminated.add(victim);
                startWorker();
            }
            case "cut" -> {
                WorkerNode node = workers.get(random.nextInt(workers.size()));
                say("  " + node.name() + " is cut off with " + node.inFlight() + " in flight");
                node.cutOff(true);
                alone = new Alone(node, System.nanoTime());
            }
            default -> cloud.fault(fault);
        }
    }

    /** The service that it asks may be down at this moment. */
    private void look() {
        try {
            progress.look();
        } catch (SdkException | DataAccessException e) {
            say("  " + e.getMessage());
        }
    }

    private int left() {
        try {
            return progress.left();
        } catch (SdkException | DataAccessException e) {
            return 1;
        }
    }

    /** A worker that has not reached the ledger for half a lease must not send. */
    private void watchAlone() {
        if (alone == null) {
            return;
        }
        Duration cut = Duration.ofNanos(System.nanoTime() - alone.since());
        if (cut.compareTo(HALF_LEASE) > 0 && sentBefore < 0) {
            sentBefore = alone.node().sent();
        }
        if (cut.compareTo(CUT) > 0) {
            int sent = alone.node().sent() - sentBefore;
            say("  " + alone.node().name() + " is back; it sent " + sent + " requests while it was alone");
            sentAlone += sent;
            alone.node().cutOff(false);
            alone = null;
            sentBefore = -1;
        }
    }

    private int reckon(List<String> names, int missing) throws Exception {
        look();
        List<String> problems = new ArrayList<>();
        if (missing > 0) {
            problems.add("the photos were through before " + missing + " of the faults");
        }
        if (sentAlone > 0) {
            problems.add(sentAlone + " requests were sent by workers that were cut off from the ledger");
        }
        for (WorkerNode node : terminated) {
            int status = node.awaitEnd();
            // One that was stopped before its first line ends as the JVM does it.
            if (status != 0 && node.isWorking()) {
                problems.add(node.name() + " ended with status " + status + " after SIGTERM");
            }
        }
        Reckoning reckoning =
                new Reckoning(names, progress, cloud.account().perPhoto(), LedgerRuns.states(cloud.worker()));
        problems.addAll(reckoning.problems());
        reckoning.print(out, problems);
        say("through");
        return problems.isEmpty() ? 0 : 1;
    }

    private void say(String text) {
        out.printf("%4ds %s%n", Duration.ofNanos(System.nanoTime() - start).toSeconds(), text);
        out.flush();
    }
}
