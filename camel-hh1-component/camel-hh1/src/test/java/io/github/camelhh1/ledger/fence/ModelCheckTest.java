package io.github.camelhh1.ledger.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.camelhh1.ledger.fence.ModelDatabase.Weakness;
import io.github.camelhh1.ledger.fence.ModelSearch.Found;
import io.github.camelhh1.ledger.fence.ModelWorld.Left;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every order of what may happen to one run, within bounds: the real {@link FencedSession} and {@link RunTransitions}, and
 * a model of what surrounds them. {@code src/main/docs/model-check.md} says what it covers. What stands for what:
 *
 * <ul>
 *   <li>{@link FencedSession}, {@link LiveClaims}, {@link RunTransitions}: themselves, one statement at a time; see {@link
 *       ModelSession}.
 *   <li>{@code MemoryStore}, {@code JdbcStore}: {@link ModelDatabase#after}, where a statement that was given up may take
 *       effect at any later time or never, and one that was answered may take effect once more; {@link ModelMoves}.
 *   <li>{@code OncePerKey.claim} and {@code isOver}: {@code ModelNode.claimed}; its join: {@link ModelNode#isAtWork}.
 *   <li>{@code WithinBudget.refusal}, without a cap: {@code ModelNode.ended}, {@code RESERVING}.
 *   <li>{@code RetryingWhenSafe.attempt}, two turns: {@code ModelNode.again} and {@link ModelNode#send}.
 *   <li>{@code Recorded.generate} and {@code recorded}: {@code ModelNode.sent} and {@link ModelNode#settle}.
 *   <li>{@code OncePerKey.Claimed.ended}: {@code ModelNode.again} and {@code settled}; {@code again}, of {@code resend}: {@code ModelNode.claim}.
 *   <li>{@code Bookkeeping.settle}, {@code keep} and {@code retry}: {@code ModelNode.settled}, {@link ModelNode#keep} and
 *       {@code tried}.
 *   <li>{@code LedgerKeeper.recover}: {@link ModelNode#recover}; {@code renew}: {@link ModelNode#renamed}.
 *   <li>{@code TaskCall}: {@link ModelNode#note} and what {@link ModelTasks#answers} says; {@code TaskKeeper} and {@code
 *       Resumed}: {@link ModelNode#resume}. A node that is at work on the run resumes nothing, and a delivery that it gets
 *       joins, as before generationTimeout is over.
 *   <li>The service: {@link ModelWorld#answers}. A POST is in flight from the moment that {@code SENT} is acknowledged.
 * </ul>
 */
class ModelCheckTest {
    private static final Logger LOG = LoggerFactory.getLogger(ModelCheckTest.class);

    /** Nodes; attempts that may be paid; deliveries, late statements, crashes, pauses, changes by hand, resumptions. */
    static Stream<Arguments> shortForms() {
        return Stream.of(
                arguments(2, 1, new Left(2, 2, 0, 0, 0)),
                arguments(2, 1, new Left(2, 1, 1, 1, 0)),
                arguments(1, 1, new Left(2, 1, 0, 1, 1)),
                arguments(2, 2, new Left(2, 1, 0, 0, 0)),
                arguments(2, 1, new Left(1, 1, 0, 1, 0, 1)),
                arguments(2, 1, new Left(1, 1, 1, 0, 0, 1)),
                arguments(1, 1, new Left(2, 1, 0, 0, 1, 1)),
                arguments(2, 1, new Left(2, 0, 0, 0, 1, 2)),
                arguments(2, 2, new Left(2, 0, 0, 0, 0, 1)));
    }

    static Stream<Arguments> longForms() {
        return Stream.of(
                arguments(3, 1, new Left(2, 1, 1, 1, 0)),
                arguments(3, 1, new Left(3, 1, 0, 0, 0)),
                arguments(2, 1, new Left(2, 2, 0, 0, 1)),
                arguments(2, 1, new Left(2, 1, 0, 1, 1)),
                arguments(3, 1, new Left(3, 2, 0, 0, 0)),
                arguments(2, 1, new Left(3, 1, 1, 1, 0)),
                arguments(2, 1, new Left(2, 2, 1, 1, 0)),
                arguments(3, 1, new Left(2, 2, 1, 1, 0)),
                arguments(2, 2, new Left(2, 1, 1, 1, 0)),
                arguments(2, 2, new Left(2, 0, 1, 0, 0, 1)),
                arguments(2, 1, new Left(2, 1, 1, 0, 0, 2)),
                arguments(2, 1, new Left(2, 1, 0, 1, 0, 1)),
                arguments(2, 1, new Left(2, 1, 0, 0, 1, 2)),
                arguments(2, 1, new Left(1, 2, 1, 1, 0, 1)),
                arguments(3, 1, new Left(1, 1, 1, 1, 0, 2)),
                arguments(2, 2, new Left(2, 0, 0, 1, 0, 2)));
    }

    @ParameterizedTest
    @MethodSource("shortForms")
    void nothingIsPaidTwiceOrLostOrLeftOpen(int nodes, int mostPaid, Left left) {
        holds(nodes, mostPaid, left);
    }

    @ParameterizedTest
    @MethodSource("longForms")
    @EnabledIfSystemProperty(named = "hh1.model.nodes", matches = "3")
    void nothingIsPaidTwiceOrLostOrLeftOpenByThree(int nodes, int mostPaid, Left left) {
        holds(nodes, mostPaid, left);
    }

    private static void holds(int nodes, int mostPaid, Left left) {
        long begin = System.nanoTime();
        Found found = new ModelSearch(ModelWorld.fresh(nodes, mostPaid, left), Weakness.NONE).search();
        LOG.info(
                "{} nodes, {} paid at most, {}: {} worlds, at most {} moves, {} s",
                nodes,
                mostPaid,
                left,
                found.worlds(),
                found.depth(),
                (System.nanoTime() - begin) / 1_000_000_000);
        assertThat(found.violation())
                .as("after\n  %s", String.join("\n  ", found.trace()))
                .isNull();
    }

    static Stream<Arguments> weaknesses() {
        return Stream.of(
                arguments(
                        Weakness.VERSION_IGNORED, 2, new Left(2, 1, 0, 1, 0), 8, "what may be charged is not counted"),
                arguments(Weakness.ATTEMPT_IGNORED, 1, new Left(1, 1, 0, 0, 0), 10, "its row is not SENT"),
                arguments(Weakness.VERSION_AND_ATTEMPT_IGNORED, 1, new Left(1, 1, 0, 0, 0), 9, "its row is not SENT"),
                arguments(Weakness.BURIAL_IGNORED, 2, new Left(2, 0, 0, 0, 0), 6, "its row is not SENT"),
                arguments(Weakness.OWN_NOT_RECOVERED, 1, new Left(1, 1, 0, 0, 0), 3, "nobody can settle CLAIMED"),
                arguments(Weakness.LATE_NOT_KEPT, 1, new Left(1, 0, 0, 1, 1), 14, "a link is neither"),
                arguments(Weakness.TASK_NOT_KEPT, 1, new Left(1, 0, 0, 0, 0, 1), 6, "the name of a task is lost"),
                arguments(
                        Weakness.TASK_RELEASED,
                        1,
                        new Left(1, 1, 0, 0, 0, 1),
                        14,
                        "what may be charged is not counted"),
                arguments(
                        Weakness.RESUME_OF_ANY,
                        1,
                        new Left(2, 1, 0, 0, 1, 1),
                        24,
                        "what may be charged is not counted"));
    }

    /** Else the search could be blind. */
    @ParameterizedTest
    @MethodSource("weaknesses")
    void findsWhatEachRuleIsFor(Weakness weakness, int nodes, Left left, int moves, String violation) {
        Found found = new ModelSearch(ModelWorld.fresh(nodes, 1, left), weakness).search();
        LOG.info("{}: {}\n  {}", weakness, found.violation(), String.join("\n  ", found.trace()));
        assertThat(found.violation()).contains(violation);
        assertThat(found.trace()).as("the shortest way there").hasSize(moves);
    }
}
