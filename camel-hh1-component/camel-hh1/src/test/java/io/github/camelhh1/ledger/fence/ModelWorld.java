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
 * @param sentBeside a POST has begun while an earlier one had a task that the ledger knew, and that may be paid
 */
record ModelWorld(
        ModelDatabase database,
        List<ModelNode> nodes,
        List<Statement> pending,
        Left left,
        int paid,
        int paidBefore,
        int links,
        Set<String> owed,
        ModelTasks tasks,
        boolean sentBeside) {

    /** The events that may still happen: the bounds of the search. */
    record Left(int deliveries, int late, int crashes, int pauses, int byHand, int resumes) {
        static final int DELIVERIES = 0;
        static final int LATE = 1;
        static final int CRASHES = 2;
        static final int PAUSES = 3;
        static final int BY_HAND = 4;
        static final int RESUMES = 5;

        /** Of a service without tasks. */
        Left(int deliveries, int late, int crashes, int pauses, int byHand) {
            this(deliveries, late, crashes, pauses, byHand, 0);
        }

        int of(int what) {
            return new int[] {deliveries, late, crashes, pauses, byHand, resumes}[what];
        }

        Left less(int what, int by) {
            return new Left(
                    deliveries - (what == DELIVERIES ? by : 0),
                    late - (what == LATE ? by : 0),
                    crashes - (what == CRASHES ? by : 0),
                    pauses - (what == PAUSES ? by : 0),
                    byHand - (what == BY_HAND ? by : 0),
                    resumes - (what == RESUMES ? by : 0));
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
                Set.of(),
                ModelTasks.fresh(left.resumes() > 0),
                false);
    }

    /** A node's call that asks for nothing that changes the database begins or goes on. */
    ModelWorld with(int at, ModelNode node) {
        var all = new ArrayList<>(nodes);
        all.set(at, node);
        return new ModelWorld(database, all, pending, left, paid, paidBefore, links, owed, tasks, sentBeside);
    }

    ModelWorld less(int what) {
        return less(what, 1);
    }

    ModelWorld less(int what, int by) {
        return new ModelWorld(
                database, nodes, pending, left.less(what, by), paid, paidBefore, links, owed, tasks, sentBeside);
    }

    ModelWorld bury(String owner) {
        return new ModelWorld(
                database.bury(owner), nodes, pending, left, paid, paidBefore, links, owed, tasks, sentBeside);
    }

    ModelWorld later(Statement statement) {
        var all = new ArrayList<>(pending);
        all.add(statement);
        return new ModelWorld(database, nodes, all, left, paid, paidBefore, links, owed, tasks, sentBeside);
    }

    ModelWorld without(int at) {
        var all = new ArrayList<>(pending);
        all.remove(at);
        return new ModelWorld(database, nodes, all, left, paid, paidBefore, links, owed, tasks, sentBeside);
    }

    /** Whether the statement has no effect, now and later: versions grow, and claims do not come again. */
    boolean isOver(Statement statement, Weakness weakness) {
        if (statement instanceof ModelDatabase.KeepLate) {
            return database.after(statement, weakness).database().equals(database);
        }
        Expected expected = ModelDatabase.expected(statement);
        RunRow row = database.row();
        return expected != null
                && !weakness.isOfAny(statement)
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
                owed,
                tasks,
                sentBeside);
    }

    private ModelWorld paying(int since, int before) {
        return new ModelWorld(
                database, nodes, pending, left, paid + since, paidBefore + before, links, owed, tasks, sentBeside);
    }

    private ModelWorld with(ModelTasks now) {
        return new ModelWorld(database, nodes, pending, left, paid, paidBefore, links, owed, now, sentBeside);
    }

    private ModelWorld with(int made, Set<String> acknowledged) {
        return new ModelWorld(database, nodes, pending, left, paid, paidBefore, made, acknowledged, tasks, sentBeside);
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
            ModelWorld paying = world.with(at, node.posted(round)).paying(before ? 0 : 1, before ? 1 : 0);
            return tasks.mayBePaid(round) ? paying.besideAnother() : paying;
        }
        ModelWork work = asking.work(lane);
        boolean done = node.work(lane) == null || node.work(lane).call() != work.call();
        boolean kept = lane == Lane.KEEPING
                ? node.unwritten().isEmpty()
                : node.unwritten().size() <= asking.unwritten().size();
        if (done && kept) {
            var more = new HashSet<>(owed);
            work.call().writings().stream()
                    .filter(writing -> writing.video() != null)
                    .forEach(writing -> more.add(writing.video()));
            for (ModelWork.Writing writing : work.call().writings()) {
                world = writing.task() == null ? world : world.noted(writing.task());
            }
            return more.size() == owed.size() ? world : world.with(links, Set.copyOf(more));
        }
        return world;
    }

    /** The service answers. */
    ModelWorld answers(int at, ModelWork.Ended ended) {
        ModelNode node = nodes.get(at);
        if (ended == ModelWork.Ended.NOTED) {
            String name = ModelTasks.name(tasks.all().size());
            Delivery posted = node.delivery();
            return with(tasks.created(posted.attempt(), posted.round())).with(at, node.note(name));
        } else if (node.delivery().task() != null) {
            return tells(at, ended, node.delivery().task());
        } else if (ended == ModelWork.Ended.COMPLETED) {
            return with(links + 1, owed).with(at, node.settle(ended, "link" + (links + 1)));
        }
        ModelWorld world = with(at, node.settle(ended, null));
        boolean unbilled = ended == ModelWork.Ended.REJECTED || ended == ModelWork.Ended.UNSENT;
        if (!unbilled) {
            return world;
        }
        return node.delivery().round() == database.forgotten().size() ? world.paying(-1, 0) : world.paying(0, -1);
    }

    /**
     * A node gets the answer for a task. Every question gets the same answer, and an unbilled amount is given back
     * once.
     */
    private ModelWorld tells(int at, ModelWork.Ended ended, String name) {
        ModelNode node = nodes.get(at);
        ModelTasks.Task task = tasks.task(name);
        if (ended == ModelWork.Ended.COMPLETED) {
            String link = task.link() == null ? "link" + (links + 1) : task.link();
            ModelWorld made = task.link() == null ? with(links + 1, owed).with(tasks.completed(name, link)) : this;
            return made.with(at, node.settle(ended, link));
        }
        ModelWorld world = with(at, node.settle(ended, null));
        if (ended == ModelWork.Ended.UNKNOWN || task.failed()) {
            return world;
        }
        boolean now = task.round() == database.forgotten().size();
        return world.with(tasks.failed(name)).paying(now ? -1 : 0, now ? 0 : -1);
    }

    /** Under {@code resend} the name may come when the run is another attempt's already. */
    private ModelWorld noted(String name) {
        RunRow row = database.row();
        boolean isThere = row != null && name.equals(row.run().taskId());
        return isThere || nodes.get(0).mostPaid() == 1 ? with(tasks.noted(name)) : this;
    }

    private ModelWorld besideAnother() {
        return new ModelWorld(database, nodes, pending, left, paid, paidBefore, links, owed, tasks, true);
    }

    /** Null when all is as it must be. */
    @Nullable
    String violation(Weakness weakness) {
        if (paid > nodes.get(0).mostPaid()) {
            return "a POST begins while an earlier one may be charged";
        } else if (sentBeside) {
            return "a POST begins while the ledger knows of a task that may be paid";
        } else if (nodes.get(0).mostPaid() == 1
                && tasks.isForgotten(database.row(), database.forgotten().size())) {
            return "the name of a task is lost";
        } else if (!owed.stream().allMatch(this::isHeld)) {
            return "a link is neither in the row nor in hh1_late";
        } else if (!tasks.used() && inRow() != null && database.kept().contains(inRow())) {
            return "a link is in the row, and is said to be late too";
        } else if (database.counted() < paid + paidBefore) {
            return "what may be charged is not counted";
        }
        for (ModelNode node : nodes) {
            Delivery delivery = node.delivery();
            if (delivery != null
                    && delivery.isUnderWay()
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
        if (row != null
                && row.run().taskId() != null
                && row.run().state() == RunState.UNKNOWN
                && !canGoOn(rest, weakness)) {
            return "nobody can ask for the task any more: " + rest;
        }
        return isCountedTooMuch(rest) ? "more is counted than may be charged: " + rest : null;
    }

    /** A node that dies or is buried may leave one run {@code SENT} that it has not posted. */
    private boolean isCountedTooMuch(ModelDatabase rest) {
        long dead = nodes.stream().filter(node -> !node.alive()).count();
        return rest.counted() - paid - paidBefore > dead + database.buried().size();
    }

    /** Whether a living node, if there is one, can take the run over, and settles it with the video then. */
    private boolean canGoOn(ModelDatabase rest, Weakness weakness) {
        for (ModelNode node : nodes) {
            if (node.alive()) {
                ModelNode named = rest.buried().contains(node.owner()) ? node.renamed() : node;
                ModelNode resuming = named.resume(rest.row().run().taskId());
                Effect resumed = toItsEnd(rest, resuming, weakness);
                ModelNode asking = (ModelNode) resumed.answer();
                if (asking.delivery() == null) {
                    return false;
                }
                Effect settled =
                        toItsEnd(resumed.database(), asking.settle(ModelWork.Ended.COMPLETED, "found"), weakness);
                Completion completion = settled.database().row().run().completion();
                return completion != null && completion.videoUrl().equals("found");
            }
        }
        return true;
    }

    /** The answer is the node when its call has ended. */
    private static Effect toItsEnd(ModelDatabase from, ModelNode begun, Weakness weakness) {
        ModelDatabase now = from;
        ModelNode node = begun;
        while (node.work(Lane.DELIVERY) != null) {
            Effect effect = now.after(node.work(Lane.DELIVERY).next(), weakness);
            now = effect.database();
            node = node.answered(Lane.DELIVERY, effect.answer());
        }
        return new Effect(now, node);
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
