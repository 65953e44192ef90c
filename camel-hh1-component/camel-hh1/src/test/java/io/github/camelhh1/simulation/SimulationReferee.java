package io.github.camelhh1.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.Run.LateResult;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.rooms.FencedOutcome;
import io.github.camelhh1.simulation.Simulation.Delivery;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The invariants of every world. */
final class SimulationReferee {
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 30);
    private static final int DAYS = 5;

    private final Simulation world;
    private int seen;

    SimulationReferee(Simulation world) {
        this.world = world;
    }

    /** At any moment at which runs may have changed. */
    void capsHold() {
        if (world.caps != null && seen != world.world.changes()) {
            seen = world.world.changes();
            for (int day = 0; day < DAYS; day++) {
                Amount spent = spent(day);
                if (!world.caps.allow(spent)
                        || spent.seconds() < 0
                        || spent.cost().signum() < 0) {
                    throw new AssertionError(spent + " on day " + day + " with " + world.caps);
                }
            }
        }
    }

    private Amount spent(int day) {
        return world.operator.spent(Simulation.ACCOUNT, FIRST_DAY.plusDays(day));
    }

    /** When every delivery has ended and the nodes still live. */
    void atRest() {
        if (!world.broken.isEmpty()) {
            throw new AssertionError("a room broke", world.broken.get(0));
        }
        assertThat(world.deliveries)
                .filteredOn(delivery ->
                        delivery.endings.size() > 1 || (delivery.endings.isEmpty() && !delivery.mayBeLost()))
                .as("deliveries that did not end once, or not at all on a node that died")
                .isEmpty();
        assertThat(world.nodes).filteredOn(node -> !node.life.isOver()).allSatisfy(node -> {
            assertThat(node.open())
                    .as("permits and unwritten endings of %s", node)
                    .isZero();
            assertThat(node.joins.size()).as("places of deliveries").isZero();
        });
        assertThat(world.nodes)
                .filteredOn(node -> !node.life.isOver() && !node.life.wasPaused() && node.statements.failures() == 0)
                .as("nodes that were buried though they lived and their database worked")
                .allMatch(node -> node.statements.burials() == 0);
        for (RunState state : List.of(RunState.CLAIMED, RunState.SENT)) {
            assertThat(world.operator.runs(state, 10, 0))
                    .as("nobody is at work, so nothing is open")
                    .isEmpty();
        }
        noTaskIsLeft();
    }

    /** Each has ended by now, and the nodes have had the time to ask for it. */
    private void noTaskIsLeft() {
        assertThat(world.operator.runs(RunState.UNKNOWN, 1_000, 0))
                .filteredOn(run -> run.taskId() != null)
                .as("runs whose task nobody asks for")
                .isEmpty();
    }

    /** Of a task whose name a node got, and had the time to write down, no person has to look for the video. */
    private void isSettledByItself(SimulatedTasks.Task task) {
        boolean known = world.nodes.stream().anyMatch(node -> task.named.contains(node.client) && node.hasWrittenAll());
        String key = task.key();
        if (known && world.most == 1 && !world.forgotten.containsKey(key) && !world.adopted.contains(key)) {
            Run run = run(key);
            // Else a later attempt was on its way when its process died, and made no task.
            if (!task.created.isBefore(Objects.requireNonNull(run.sentAt()))) {
                assertThat(run.state()).as("%s of %s", task.id, run).isNotEqualTo(RunState.UNKNOWN);
            }
            if (task.isPaid()) {
                assertThat(run.state()).as("%s of %s", task.id, run).isEqualTo(RunState.COMPLETED);
                assertThat(Objects.requireNonNull(run.completion()).videoUrl()).isEqualTo(task.link());
            }
        }
    }

    /** When all that can be known is known. */
    void atTheEnd() {
        Map<String, SimulatedTasks.Task> lastOfKeys = new HashMap<>();
        world.tasks().forEach(task -> lastOfKeys.put(task.key(), task));
        lastOfKeys.values().forEach(this::isSettledByItself);
        world.service.charges().keySet().forEach(this::isPaidAsOftenAsItMayBe);
        world.deliveries.forEach(this::isToldTheTruth);
        if (world.caps != null) {
            long counted = Stream.iterate(0, day -> day + 1)
                    .limit(DAYS)
                    .mapToLong(day -> spent(day).seconds())
                    .sum();
            long days = 1 + ChronoUnit.DAYS.between(day(VirtualWorld.start()), day(world.restedAt));
            assertThat(world.service.secondsAtRisk())
                    .as("what may be charged, on %d days by the ledger's clock", days)
                    .isLessThanOrEqualTo(days * world.caps.seconds());
            assertThat(world.service.seconds()).as("charged, and counted").isLessThanOrEqualTo(counted);
            if (world.calm) {
                assertThat(counted).as("counted, and at risk").isEqualTo(world.service.secondsAtRisk());
            }
        }
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private void isPaidAsOftenAsItMayBe(String key) {
        int forgets = world.forgotten.getOrDefault(key, 0);
        int charges = world.service.charges(key);
        int most = world.most * (1 + forgets);
        assertThat(charges).as("charges of " + key).isLessThanOrEqualTo(most);
        assertThat(world.service.risks(key)).as("perhaps charged: " + key).isLessThanOrEqualTo(most);
        assertThat(world.deliveries.stream()
                        .filter(delivery -> delivery.key().equals(key))
                        .flatMap(delivery -> delivery.endings.stream())
                        .filter(ending -> ending instanceof Outcome.Completed completed && !completed.replayed()))
                .as("videos that say they were paid for just now: " + key)
                .hasSizeLessThanOrEqualTo(charges);
        if (forgets == 0 && charges > 0) {
            assertThat(run(key).state())
                    .as("what is paid is in the ledger: " + key)
                    .isIn(RunState.COMPLETED, RunState.UNKNOWN, RunState.FAILED);
        }
    }

    private void isToldTheTruth(Delivery delivery) {
        String key = delivery.key();
        for (Outcome ending : delivery.endings) {
            if (ending instanceof Outcome.Completed completed) {
                assertThat(completed.completion().videoUrl()).startsWith(SimulatedService.videoOf(key));
                assertThat(completed.asked().fingerprint())
                        .as("the request of this video")
                        .isEqualTo(delivery.generation.identity().fingerprint());
                if (!completed.replayed()) {
                    assertThat(completed.trace().attempts()).isPositive();
                    isKnown(delivery);
                    isKept(delivery, completed);
                }
            } else if (ending instanceof Outcome.InFlight && world.calm) {
                assertThat(ending).as("nobody was cut off").isNotEqualTo(FencedOutcome.outcome());
            } else if (ending instanceof Outcome.KeyReused) {
                assertThat(world.deliveries)
                        .as("another request of that key was there")
                        .anyMatch(other -> other.key().equals(key)
                                && !other.generation
                                        .identity()
                                        .fingerprint()
                                        .equals(delivery.generation.identity().fingerprint()));
            }
        }
    }

    /** A video that reached its route. */
    private void isKnown(Delivery delivery) {
        boolean mine = world.most == 1 && !world.forgotten.containsKey(delivery.key());
        if (mine && delivery.node.hasWrittenAll()) {
            assertThat(run(delivery.key()).state()).as(delivery.key()).isEqualTo(RunState.COMPLETED);
        }
    }

    /** A link that a node was given, and had the time to write down, is in the ledger. */
    private void isKept(Delivery delivery, Outcome.Completed completed) {
        if (!world.forgotten.containsKey(delivery.key()) && delivery.node.hasWrittenAll()) {
            Run run = run(delivery.key());
            String link = completed.completion().videoUrl();
            assertThat(run.late().stream().map(LateResult::videoUrl).anyMatch(link::equals)
                            || link.equals(
                                    Objects.requireNonNull(run.completion()).videoUrl()))
                    .as("link %s of %s", link, run)
                    .isTrue();
        }
    }

    private Run run(String key) {
        return world.operator
                .find(Identity.runId(Simulation.ACCOUNT, Simulation.MODEL, key))
                .orElseThrow(() -> new AssertionError("the ledger does not know " + key));
    }
}
