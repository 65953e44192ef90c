package io.github.camelhh1.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Caps;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.MemoryLedgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** One world, made of a seed: two nodes, some keys, a hundred calls, and everything that can go wrong. */
final class Simulation {
    static final int CALLS = 100;

    private static final Duration LEASE = Duration.ofSeconds(30);
    /** When the last call has been made, and the last of those that are made again. */
    private static final Duration DAYTIME = Duration.ofSeconds(10_000);

    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 30);

    /** A delivery, and how often it ended. */
    private static final class Delivery {
        final SimulatedNode node;
        int endings;

        Delivery(SimulatedNode node) {
            this.node = node;
        }
    }

    private final Random random;
    private final VirtualWorld world = new VirtualWorld();
    private final Ledger ledger = MemoryLedgers.withLease(world::instant, LEASE);
    private final LedgerSession operator = ledger.open();
    private final SimulatedService service;
    private final boolean resend;
    private final Caps caps;
    private final SimulatedNode[] nodes = new SimulatedNode[2];
    private final List<SimulatedNode> all = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final Map<String, Integer> forgotten = new HashMap<>();
    private final Map<String, Integer> endings = new TreeMap<>();
    private int calls;

    Simulation(long seed) {
        this.random = new Random(seed);
        this.service = new SimulatedService(world, random);
        this.resend = random.nextInt(4) == 0;
        this.caps = random.nextInt(3) == 0 ? new Caps(60L + random.nextInt(200), new BigDecimal("40")) : null;
        start(0);
        start(1);
    }

    private void start(int place) {
        var budget = caps == null ? null : new Budget(caps, Prices.parse("720P=0.14,1080P=0.28"));
        // Row 33: the clock on the wall of one node may be a day off, which only the budget's day may tell.
        Duration off = Duration.ofDays(random.nextInt(10) == 0 ? random.nextInt(3) - 1 : 0);
        nodes[place] = new SimulatedNode(
                world, random, ledger, service, budget, () -> world.instant().plus(off));
        all.add(nodes[place]);
    }

    void run() {
        for (int i = 0; i < CALLS; i++) {
            world.after(Duration.ofSeconds(random.nextInt(6_000)), null, this::deliver);
        }
        for (int i = 0; i < 12; i++) {
            world.after(Duration.ofSeconds(random.nextInt(6_000)), null, this::disturb);
        }
        world.run(DAYTIME, this::capsHold);
        all.forEach(SimulatedNode::noMore);
        world.run(Duration.ofDays(30), this::capsHold);
        settleTheRest();
        check();
    }

    private void deliver() {
        calls++;
        SimulatedNode node = nodes[random.nextInt(2)];
        String key = "key-" + random.nextInt(20);
        // The same key for another request, now and then.
        String fingerprint = key + (random.nextInt(50) == 0 ? " other" : "");
        var request = GenerationRequest.EMPTY.withImage("https://i.example/1.png");
        request = random.nextBoolean() ? request.withDuration(3 + random.nextInt(13)) : request;
        var generation = new Generation(
                request,
                null,
                Identity.of("account", "model", key, fingerprint),
                new Accepted(world.nanos(), key + ".mp4", null),
                new Limits(Duration.ofMinutes(15), 4, Duration.ofSeconds(2), Duration.ofMinutes(5), resend ? 2 : 1),
                null);
        var delivery = new Delivery(node);
        deliveries.add(delivery);
        node.deliver(generation).whenComplete((outcome, error) -> {
            delivery.endings++;
            assertThat(error).isNull();
            endings.merge(outcome.getClass().getSimpleName(), 1, Integer::sum);
            if (!(outcome instanceof Outcome.Completed) && random.nextInt(4) == 0) {
                world.after(Duration.ofSeconds(random.nextInt(200)), null, this::deliver);
            }
        });
    }

    private void disturb() {
        int place = random.nextInt(2);
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                nodes[place].kill();
                start(place);
            }
            case 2 -> nodes[place].pause(Duration.ofSeconds(random.nextInt(120)));
            case 3 -> nodes[place].failOftenFor(Duration.ofSeconds(random.nextInt(400)), 30);
            case 4 -> adoptOne();
            default -> forgetOne();
        }
    }

    private void adoptOne() {
        any(RunState.UNKNOWN).ifPresent(run -> operator.adopt(run.runId(), "https://v.example/adopted"));
    }

    private void forgetOne() {
        any(random.nextBoolean() ? RunState.UNKNOWN : RunState.COMPLETED)
                .filter(run -> operator.forget(run.runId()))
                .ifPresent(run -> forgotten.merge(run.asked().key(), 1, Integer::sum));
    }

    private Optional<Run> any(RunState state) {
        List<Run> runs = operator.runs(state, 1_000, 0);
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(random.nextInt(runs.size())));
    }

    private void capsHold() {
        if (caps != null) {
            for (int day = 0; day < 4; day++) {
                Amount spent = operator.spent("account", FIRST_DAY.plusDays(day));
                assertThat(spent.seconds()).isBetween(0L, caps.seconds());
                assertThat(spent.cost()).isBetween(BigDecimal.ZERO, caps.cost());
            }
        }
    }

    private void settleTheRest() {
        world.after(LEASE.multipliedBy(2), null, () -> {});
        world.run(Duration.ofDays(60), this::capsHold);
        operator.renew();
        try {
            operator.recover();
        } catch (LedgerException e) {
            throw new AssertionError(e);
        }
    }

    private void check() {
        assertThat(deliveries)
                .as("deliveries on nodes that live end once, others at most once")
                .allSatisfy(delivery -> assertThat(delivery.endings).isBetween(delivery.node.life.isOver() ? 0 : 1, 1));
        assertThat(all).filteredOn(node -> !node.life.isOver()).allSatisfy(node -> assertThat(node.open())
                .as("permits and places that are not given back")
                .isZero());
        service.charges().forEach((key, charges) -> {
            int forgets = forgotten.getOrDefault(key, 0);
            int most =
                    (resend ? 2 : 1) * (1 + forgets) + service.perhapsBilled().getOrDefault(key, 0);
            assertThat(charges).as("charges of " + key).isLessThanOrEqualTo(most);
            if (forgets == 0 && charges > service.perhapsBilled().getOrDefault(key, 0)) {
                assertThat(operator.find(Identity.runId("account", "model", key)))
                        .as("what is paid is in the ledger: " + key)
                        .hasValueSatisfying(run -> assertThat(run.state()).isIn(RunState.COMPLETED, RunState.UNKNOWN));
            }
        });
        assertThat(operator.runs(RunState.SENT, 10, 0)).isEmpty();
        assertThat(operator.runs(RunState.CLAIMED, 10, 0)).isEmpty();
    }

    int calls() {
        return calls;
    }

    int charges() {
        return service.charges().values().stream().mapToInt(Integer::intValue).sum();
    }

    Map<String, Integer> endings() {
        return endings;
    }
}
