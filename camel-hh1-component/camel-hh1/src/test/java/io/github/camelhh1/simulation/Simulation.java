package io.github.camelhh1.simulation;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generation.Accepted;
import io.github.camelhh1.generation.Generation.Limits;
import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Prices;
import io.github.camelhh1.generation.Prices.Budget;
import io.github.camelhh1.generation.Progress;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.memory.Defect;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import io.github.camelhh1.simulation.SimulatedNode.Process;
import io.github.camelhh1.staging.Staging.Caller;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One world, made of a seed: two to four nodes, some keys, a hundred calls, and everything that can go wrong or come late. */
final class Simulation {
    static final int CALLS = 100;
    static final String ACCOUNT = "account";
    static final String MODEL = "model";

    /** Shorter than some pauses. */
    private static final Duration LEASE = Duration.ofSeconds(30);
    /** Longer than a ledger fails. */
    private static final Duration CALM_LEASE = Duration.ofMinutes(10);

    private static final int DAYTIME = 6_000;
    /** Longer than a pause, and after it the wait of an ending for its next try. */
    private static final Duration REST = Duration.ofMinutes(4);

    private static final int DISTURBANCES = 24;
    private static final int DISTURBING = 12;
    private static final int HARMLESS = 6;
    private static final int BURST = 25;

    /** A delivery, and how it ended. */
    static final class Delivery {
        final SimulatedNode node;
        final Generation generation;
        final List<Outcome> endings = new ArrayList<>();

        private Delivery(SimulatedNode node, Generation generation) {
            this.node = node;
            this.generation = generation;
        }

        String key() {
            return generation.identity().key();
        }

        @Override
        public String toString() {
            return key() + " on " + node + ": " + endings;
        }

        boolean mayBeLost() {
            return node.life.isOver() && !node.isStopped();
        }
    }

    private final Random random;
    private final boolean oneJvm;
    /** Many are in flight at once, and deliveries come in bursts. */
    private final boolean crowded;
    /** No process is killed, paused or stopped. */
    final boolean calm;
    /** So many of a hundred statements take effect late, until the world comes to rest. */
    private int late;

    private final Defect defect;
    private final Process[] processes;
    private final SimulatedNode[] places;
    private Duration nodesClock = Duration.ZERO;
    private int owners;
    private int toCome;

    final VirtualWorld world;
    final Ledger ledger;
    final LedgerSession operator;
    final SimulatedService service;
    /** Attempts that may be paid. */
    final int most;
    /** Null: no budget. */
    final Caps caps;

    final List<SimulatedNode> nodes = new ArrayList<>();
    final List<Delivery> deliveries = new ArrayList<>();
    final Map<String, Integer> forgotten = new HashMap<>();
    final Set<String> adopted = new HashSet<>();
    final List<Throwable> broken = new ArrayList<>();
    int calls;
    Instant restedAt;

    Simulation(long seed) {
        this(seed, Defect.NONE);
    }

    Simulation(long seed, Defect defect) {
        this(seed, defect, false);
    }

    /** @param hasTasks whether the service answers with the names of tasks */
    Simulation(long seed, Defect defect, boolean hasTasks) {
        this.defect = defect;
        this.random = new Random(seed);
        this.world = new VirtualWorld(random);
        this.calm = random.nextInt(5) == 0;
        this.late = random.nextInt(3) == 0 ? 5 + random.nextInt(40) : 0;
        this.ledger = MemoryLedgers.withLease(() -> world.instant().plus(nodesClock), calm ? CALM_LEASE : LEASE);
        this.operator = MemoryLedgers.open(ledger, "operator");
        this.service = hasTasks ? new SimulatedTasks(world, random) : new SimulatedService(world, random);
        this.most = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
        this.caps = random.nextInt(3) == 0 ? new Caps(30L + random.nextInt(300), new BigDecimal("60")) : null;
        this.oneJvm = random.nextInt(3) == 0;
        this.crowded = random.nextInt(5) == 0;
        this.processes = new Process[2 + random.nextInt(3)];
        this.places = new SimulatedNode[processes.length];
        for (int place = 0; place < places.length; place++) {
            startProcess(place);
        }
    }

    private void startProcess(int place) {
        processes[place] = oneJvm && place > 0 ? processes[0] : Process.start();
        start(place);
    }

    private void start(int place) {
        Process process = processes[place];
        var statements = new UnsteadyStatements(world, random, process.life(), late);
        var off = new Duration[] {Duration.ZERO};
        LedgerSession session = MemoryLedgers.late(
                ledger, "owner-" + owners++, statements, defect, reserve -> () -> byTheClockOf(off[0], reserve));
        Budget budget = caps == null ? null : new Budget(caps, Prices.parse("720P=0.14,1080P=0.28"));
        var node = new SimulatedNode(
                world,
                process,
                new SimulatedNode.Database(session, statements),
                service,
                budget,
                crowded ? 2 * BURST : 3,
                most,
                defect == Defect.RENEWAL_WAITS);
        node.off = off;
        places[place] = node;
        nodes.add(node);
    }

    private Reserving byTheClockOf(Duration off, Supplier<Reserving> reserve) {
        nodesClock = off;
        try {
            return reserve.get();
        } finally {
            nodesClock = Duration.ZERO;
        }
    }

    void run() {
        for (int i = 0; i < CALLS; i++) {
            deliverWithin(DAYTIME);
        }
        for (int i = 0; i < DISTURBANCES; i++) {
            later(DAYTIME, this::disturb);
        }
        var referee = new SimulationReferee(this);
        world.run(Duration.ofSeconds(DAYTIME), referee::capsHold);
        while (toCome > 0
                || tasks().stream().anyMatch(task -> !task.isOver())
                || nodes.stream().anyMatch(node -> !node.life.isOver() && node.running() > 0)) {
            world.run(Duration.ofSeconds(service.hasTasks() ? 600 : DAYTIME), referee::capsHold);
        }
        comeToRest(referee);
        restedAt = world.instant();
        referee.atRest();
        nodes.forEach(SimulatedNode::noMore);
        world.run(CALM_LEASE.multipliedBy(2), referee::capsHold);
        operator.recover();
        referee.atTheEnd();
    }

    /** An ending is written once the ledger works again. It works now, and nodes that live turn round once more. */
    private void comeToRest(SimulationReferee referee) {
        late = 0;
        nodes.forEach(node -> node.statements.becomeSteady());
        world.run(service.hasTasks() ? REST.multipliedBy(2) : REST, referee::capsHold);
    }

    private void later(int withinSeconds, Runnable action) {
        world.after(world.within(Duration.ofSeconds(withinSeconds)), null, action);
    }

    private void deliverWithin(int seconds) {
        toCome++;
        later(seconds, this::deliver);
    }

    private void deliver() {
        toCome--;
        calls++;
        deliver(places[random.nextInt(places.length)], generation("key-" + random.nextInt(20)));
    }

    private void burst(int place) {
        places[place].slowDown(Duration.ofSeconds(60));
        for (int i = 0; i < (crowded ? BURST : 0); i++) {
            calls++;
            deliver(places[place], generation("key-of-burst-" + calls));
        }
    }

    private void deliver(SimulatedNode node, Generation generation) {
        var delivery = new Delivery(node, generation);
        deliveries.add(delivery);
        node.deliver(delivery.generation, (outcome, error) -> {
            if (error != null) {
                broken.add(error);
                return;
            }
            delivery.endings.add(outcome);
            if (!(outcome instanceof Outcome.Completed) && random.nextInt(4) == 0) {
                deliverWithin(200);
            }
        });
    }

    private Generation generation(String key) {
        // The same key for another request, now and then.
        String fingerprint = key + (random.nextInt(50) == 0 ? " other" : "");
        var request = GenerationRequest.EMPTY;
        request = random.nextBoolean() ? request.withDuration(3 + random.nextInt(13)) : request;
        return new Generation(
                request,
                RequestImage.Link.of("https://i.example/1.png"),
                Identity.of(ACCOUNT, MODEL, key, fingerprint),
                new Accepted(
                        world.nanos(),
                        key + ".mp4",
                        () -> key,
                        null,
                        null,
                        null,
                        Caller.NONE,
                        Progress.NONE,
                        new CompletableFuture<>()),
                limits(most));
    }

    static Limits limits(int mostPaid) {
        return new Limits(Duration.ofMinutes(15), 4, Duration.ofSeconds(2), Duration.ofMinutes(5), mostPaid);
    }

    private void disturb() {
        int place = random.nextInt(places.length);
        UnsteadyStatements statements = places[place].statements;
        switch (random.nextInt(calm ? HARMLESS : DISTURBING)) {
            case 0 -> statements.failFor(Duration.ofSeconds(random.nextInt(400)), 30);
            // Rows 33 and 42: the clock on the wall of a node.
            case 1 -> places[place].off[0] = Duration.ofDays(random.nextInt(3) - 1);
            case 2 -> adoptOne();
            case 3 -> forgetOne();
            // Row 37: many statements of half a second.
            case 4 -> places[place].slowDown(Duration.ofSeconds(random.nextInt(300)));
            case 5 -> burst(place);
            case 6 -> statements.failFor(Duration.ofSeconds(random.nextInt(100)), 100);
            case 7 -> kill(place);
            case 8 -> statements.strikeSoon(() -> kill(place));
            case 9 -> pause(place);
            case 10 -> statements.strikeSoon(() -> pause(place));
            default -> {
                statements.failFor(Duration.ofSeconds(random.nextInt(60)), 50);
                places[place].stop();
                start(place);
            }
        }
    }

    /** As SIGKILL does it; and the same program again. */
    private void kill(int place) {
        if (processes[place].life().isOver()) {
            return;
        }
        processes[place].life().end();
        world.after(world.within(Duration.ofSeconds(5)), null, () -> {
            for (int i = oneJvm ? 0 : place; i < (oneJvm ? places.length : place + 1); i++) {
                startProcess(i);
            }
        });
    }

    private void pause(int place) {
        world.pause(processes[place].life(), world.within(Duration.ofSeconds(120)));
    }

    private void adoptOne() {
        any(Set.of(RunState.UNKNOWN))
                .filter(run -> operator.adopt(
                        run.runId(), SimulatedService.videoOf(run.asked().key()) + "adopted"))
                .ifPresent(run -> adopted.add(run.asked().key()));
    }

    private void forgetOne() {
        any(Set.of(RunState.UNKNOWN, RunState.COMPLETED, RunState.FAILED))
                .filter(run -> operator.forget(run.runId()))
                .ifPresent(run -> forgotten.merge(run.asked().key(), 1, Integer::sum));
    }

    private Optional<Run> any(Set<RunState> states) {
        List<Run> runs = operator.runs(null, 1_000, 0).stream()
                .filter(run -> states.contains(run.state()))
                .toList();
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(random.nextInt(runs.size())));
    }

    List<SimulatedTasks.Task> tasks() {
        return service instanceof SimulatedTasks named ? named.tasks() : List.of();
    }

    int charges() {
        return service.charges().values().stream().mapToInt(Integer::intValue).sum();
    }

    Map<String, Long> endings() {
        return deliveries.stream()
                .flatMap(delivery -> delivery.endings.stream())
                .collect(Collectors.groupingBy(ending -> ending.getClass().getSimpleName(), Collectors.counting()));
    }
}
