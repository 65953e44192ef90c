package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.ModelDatabase.Effect;
import io.github.camelhh1.ledger.fence.ModelDatabase.Statement;
import io.github.camelhh1.ledger.fence.ModelDatabase.Weakness;
import io.github.camelhh1.ledger.fence.ModelNode.Delivery;
import io.github.camelhh1.ledger.fence.ModelNode.Lane;
import io.github.camelhh1.ledger.fence.ModelWork.Step;
import io.github.camelhh1.ledger.fence.RunRow.Expected;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A state of the model check, and what must be so in it. A value.
 *
 * @param pending statements that their callers gave up, and that may take effect yet
 * @param paid POSTs since the run was last forgotten that may be charged: begun, and not answered as unbilled
 * @param paidBefore those before
 * @param links how many videos the service has made
 * @param owed links whose settlement was acknowledged
 */
record ModelWorld(
        ModelDatabase database,
        List<ModelNode> nodes,
        List<Statement> pending,
        Left left,
        int paid,
        int paidBefore,
        int links,
        Set<String> owed) {

    /** What may still happen: the bounds of the search. */
    record Left(int deliveries, int late, int crashes, int pauses, int byHand) {
        static final int DELIVERIES = 0;
        static final int LATE = 1;
        static final int CRASHES = 2;
        static final int PAUSES = 3;
        static final int BY_HAND = 4;

        int of(int what) {
            return new int[] {deliveries, late, crashes, pauses, byHand}[what];
        }

        Left less(int what, int by) {
            return new Left(
                    deliveries - (what == DELIVERIES ? by : 0),
                    late - (what == LATE ? by : 0),
                    crashes - (what == CRASHES ? by : 0),
                    pauses - (what == PAUSES ? by : 0),
                    byHand - (what == BY_HAND ? by : 0));
        }
    }

    static ModelWorld fresh(int nodes, int mostPaid, Left left) {
        return new ModelWorld(
                ModelDatabase.empty(),
                Stream.of("a", "b", "c")
                        .limit(nodes)
                        .map(name -> ModelNode.fresh(name, mostPaid))
                        .toList(),
                List.of(),
                left,
                0,
                0,
                0,
                Set.of());
    }

    /** A node's call that asks for nothing that changes the database begins or goes on. */
    ModelWorld with(int at, ModelNode node) {
        var all = new ArrayList<>(nodes);
        all.set(at, node);
        return new ModelWorld(database, all, pending, left, paid, paidBefore, links, owed);
    }

    ModelWorld less(int what) {
        return less(what, 1);
    }

    ModelWorld less(int what, int by) {
        return new ModelWorld(database, nodes, pending, left.less(what, by), paid, paidBefore, links, owed);
    }

    ModelWorld bury(String owner) {
        return new ModelWorld(database.bury(owner), nodes, pending, left, paid, paidBefore, links, owed);
    }

    ModelWorld later(Statement statement) {
        var all = new ArrayList<>(pending);
        all.add(statement);
        return new ModelWorld(database, nodes, all, left, paid, paidBefore, links, owed);
    }

    ModelWorld without(int at) {
        var all = new ArrayList<>(pending);
        all.remove(at);
        return new ModelWorld(database, nodes, all, left, paid, paidBefore, links, owed);
    }

    /** Whether the statement has no effect, now and later: versions grow, and claims do not come again. */
    boolean isOver(Statement statement, Weakness weakness) {
        if (statement instanceof ModelDatabase.KeepLate) {
            return database.after(statement, weakness).database().equals(database);
        }
        Expected expected = ModelDatabase.expected(statement);
        RunRow row = database.row();
        return expected != null
                && !(row != null
                        && row.isOf(expected.claim())
                        && (row.version() <= expected.version() || weakness.ignoresVersion()))
                && pending.stream().noneMatch(late -> expected.claim().equals(ModelDatabase.begun(late)));
    }

    ModelWorld after(ModelDatabase next) {
        boolean forgotten = next.forgotten().size() > database.forgotten().size();
        return new ModelWorld(
                next,
                nodes,
                pending,
                left,
                forgotten ? 0 : paid,
                forgotten ? paidBefore + paid : paidBefore,
                links,
                owed);
    }

    private ModelWorld paying(int since, int before) {
        return new ModelWorld(database, nodes, pending, left, paid + since, paidBefore + before, links, owed);
    }

    private ModelWorld with(int made, Set<String> acknowledged) {
        return new ModelWorld(database, nodes, pending, left, paid, paidBefore, made, acknowledged);
    }

    /** The call goes on; a POST that it begins may be charged from now on, a link that it has written is owed. */
    ModelWorld answered(int at, Lane lane, Object answer) {
        ModelNode asking = nodes.get(at);
        ModelNode node = asking.answered(lane, answer);
        ModelWorld world = with(at, node);
        Delivery delivery = node.delivery();
        if (lane == Lane.DELIVERY && delivery != null && delivery.step() == Step.POSTED) {
            boolean before = database.forgotten().contains(delivery.claim());
            int round = database.forgotten().size() - (before ? 1 : 0);
            return world.with(at, node.posted(round)).paying(before ? 0 : 1, before ? 1 : 0);
        }
        ModelWork work = asking.work(lane);
        boolean done = node.work(lane) == null || node.work(lane).call() != work.call();
        boolean kept = lane == Lane.KEEPING ? node.unwritten().isEmpty() : node.unwritten() == asking.unwritten();
        if (done && kept) {
            var more = new HashSet<>(owed);
            work.call().writings().stream()
                    .filter(writing -> writing.link() != null)
                    .forEach(writing -> more.add(writing.link()));
            return more.size() == owed.size() ? world : world.with(links, Set.copyOf(more));
        }
        return world;
    }

    /** The service answers. */
    ModelWorld answers(int at, ModelWork.Ended ended) {
        ModelNode node = nodes.get(at);
        if (ended == ModelWork.Ended.COMPLETED) {
            return with(links + 1, owed).with(at, node.settle(ended, "link" + (links + 1)));
        }
        ModelWorld world = with(at, node.settle(ended, null));
        boolean unbilled = ended == ModelWork.Ended.REJECTED || ended == ModelWork.Ended.UNSENT;
        if (!unbilled) {
            return world;
        }
        return node.delivery().round() == database.forgotten().size() ? world.paying(-1, 0) : world.paying(0, -1);
    }

    /** Null when all is as it must be. */
    @Nullable
    String violation(Weakness weakness) {
        if (paid > nodes.get(0).mostPaid()) {
            return "a POST begins while an earlier one may be charged";
        } else if (!owed.stream().allMatch(this::isHeld)) {
            return "a link is neither in the row nor in hh1_late";
        } else if (inRow() != null && database.kept().contains(inRow())) {
            return "a link is in the row, and is said to be late too";
        } else if (database.counted() < paid + paidBefore) {
            return "what may be charged is not counted";
        }
        for (ModelNode node : nodes) {
            Delivery delivery = node.delivery();
            if (delivery != null
                    && delivery.step() == Step.POSTED
                    && !database.buried().contains(delivery.claim().owner())
                    && !isSent(delivery.attempt())) {
                return "the POST of a living owner is in flight, and its row is not SENT";
            }
        }
        return isQuiet() ? violationAtRest(weakness) : null;
    }

    private boolean isSent(Attempt attempt) {
        RunRow row = database.row();
        return row != null
                && row.isOf(attempt.claim())
                && row.run().state() == RunState.SENT
                && row.run().attempt() == attempt.number();
    }

    private boolean isHeld(String link) {
        return database.kept().contains(link) || link.equals(inRow());
    }

    private @Nullable String inRow() {
        RunRow row = database.row();
        Completion completion = row == null ? null : row.run().completion();
        return completion == null ? null : completion.videoUrl();
    }

    private boolean isQuiet() {
        return nodes.stream().allMatch(ModelNode::isIdle);
    }

    private @Nullable String violationAtRest(Weakness weakness) {
        ModelDatabase rest = recovered(weakness);
        RunRow row = rest.row();
        if (row != null && row.isOpen()) {
            return "nobody is at work, and nobody can settle " + rest;
        }
        return isCountedTooMuch(rest) ? "more is counted than may be charged: " + rest : null;
    }

    /** A node that dies or is buried may leave one run {@code SENT} that it has not posted. */
    private boolean isCountedTooMuch(ModelDatabase rest) {
        long dead = nodes.stream().filter(node -> !node.alive()).count();
        return rest.counted() - paid - paidBefore > dead + database.buried().size();
    }

    /** The dead are buried, and each living node recovers. */
    private ModelDatabase recovered(Weakness weakness) {
        ModelDatabase now = database;
        for (ModelNode node : nodes) {
            now = node.alive() ? now : now.bury(node.owner());
        }
        for (ModelNode node : nodes) {
            ModelNode at = node.alive() && now.row() != null && now.row().isOpen() ? node.recover() : node.dead();
            while (at.recovering() != null) {
                Effect effect = now.after(at.recovering().next(), weakness);
                now = effect.database();
                at = at.answered(Lane.RECOVERING, effect.answer());
            }
        }
        return now;
    }
}
