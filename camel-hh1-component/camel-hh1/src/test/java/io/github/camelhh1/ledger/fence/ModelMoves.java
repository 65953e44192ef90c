package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.ModelDatabase.Effect;
import io.github.camelhh1.ledger.fence.ModelDatabase.Statement;
import io.github.camelhh1.ledger.fence.ModelDatabase.Weakness;
import io.github.camelhh1.ledger.fence.ModelNode.Lane;
import io.github.camelhh1.ledger.fence.ModelWork.Ended;
import io.github.camelhh1.ledger.fence.ModelWork.Step;
import io.github.camelhh1.ledger.fence.ModelWorld.Left;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** All that may happen next in a world of the model check. */
final class ModelMoves {
    /** Learns of each move; the text is made when it is asked for. */
    interface Visitor {
        void move(Supplier<String> text, ModelWorld next);
    }

    private final Weakness weakness;

    ModelMoves(Weakness weakness) {
        this.weakness = weakness;
    }

    void of(ModelWorld world, Visitor visitor) {
        all(world, (text, next) -> visitor.move(text, tidy(next)));
    }

    /** Without statements that can take effect no more, and without recoveries that come too late. */
    private ModelWorld tidy(ModelWorld world) {
        ModelWorld now = world;
        for (int at = now.pending().size() - 1; at >= 0; at--) {
            if (now.isOver(now.pending().get(at), weakness)) {
                now = now.without(at);
            }
        }
        for (int at = 0; at < now.nodes().size(); at++) {
            ModelWork work = now.nodes().get(at).recovering();
            if (work != null && work.waiting() == null && now.isOver(work.next(), weakness)) {
                var reached = new ModelWorld[1];
                Object answer = now.database().after(work.next(), weakness).answer();
                goOn(
                        now.less(Left.LATE, now.left().late()),
                        at,
                        Lane.RECOVERING,
                        answer,
                        () -> "",
                        (text, next) -> reached[0] = next);
                now = reached[0].less(Left.LATE, -now.left().late());
            }
        }
        return now;
    }

    private void all(ModelWorld world, Visitor visitor) {
        for (int at = 0; at < world.nodes().size(); at++) {
            if (world.nodes().get(at).alive()) {
                ofNode(world, at, visitor);
            }
            burial(world, world.nodes().get(at), visitor);
        }
        for (int at = 0; at < world.pending().size(); at++) {
            Statement statement = world.pending().get(at);
            Effect effect = world.database().after(statement, weakness);
            if (effect.database() != world.database()) {
                visitor.move(() -> "late: " + statement, world.without(at).after(effect.database()));
            }
        }
        if (world.left().byHand() > 0 && world.database().row() != null) {
            byHand(world, Command.Plain.FORGET, visitor);
            byHand(world, new Command.Adopt("adopted"), visitor);
        }
    }

    private void byHand(ModelWorld world, Command command, Visitor visitor) {
        Effect effect = world.database()
                .after(new ModelDatabase.Change(world.database().row().expected(), command), weakness);
        if (effect.database() != world.database()) {
            visitor.move(
                    () -> "an operator: " + ModelDatabase.name(command),
                    world.less(Left.BY_HAND).after(effect.database()));
        }
    }

    private void ofNode(ModelWorld world, int at, Visitor visitor) {
        ModelNode node = world.nodes().get(at);
        if (!node.isAtWork() && world.left().deliveries() > 0) {
            visitor.move(
                    () -> node.name() + " gets the message",
                    world.less(Left.DELIVERIES).with(at, node.delivered()));
        }
        Run run = world.database().row() == null ? null : world.database().row().run();
        if (!node.isAtWork()
                && world.left().resumes() > 0
                && run != null
                && run.state() == RunState.UNKNOWN
                && run.taskId() != null) {
            visitor.move(
                    () -> node.name() + " finds " + run.taskId(),
                    world.less(Left.RESUMES).with(at, node.resume(run.taskId())));
        }
        for (Lane lane : Lane.values()) {
            if (node.work(lane) != null) {
                ofCall(world, at, lane, visitor);
            }
        }
        if (node.delivery() != null
                && (node.delivery().step() == Step.POSTED || node.delivery().step() == Step.ASKING)) {
            for (Ended ended : world.tasks().answers(node.delivery().task())) {
                visitor.move(() -> node.name() + " is answered: " + ended, world.answers(at, ended));
            }
        } else if (node.delivery() != null && node.delivery().step() == Step.WAITING) {
            visitor.move(
                    () -> node.name() + " tries again",
                    world.with(at, node.send(node.delivery().turn() + 1)));
        }
        background(world, at, visitor);
        boolean holds = node.isAtWork() || isOpenOf(world, node);
        if (world.left().crashes() > 0 && holds) {
            visitor.move(
                    () -> node.name() + " crashes", world.less(Left.CRASHES).with(at, node.dead()));
        }
    }

    private void background(ModelWorld world, int at, Visitor visitor) {
        ModelNode node = world.nodes().get(at);
        if (!node.unwritten().isEmpty() && node.keeping() == null) {
            visitor.move(() -> node.name() + " writes again what is not written", world.with(at, node.keep()));
        }
        RunRow row = world.database().row();
        if (node.recovering() == null && row != null && row.isOpen()) {
            recovery(world, at, visitor);
        }
        if (world.database().buried().contains(node.owner())) {
            visitor.move(() -> node.name() + " takes a new name", world.with(at, node.renamed()));
        }
    }

    private void recovery(ModelWorld world, int at, Visitor visitor) {
        ModelNode node = world.nodes().get(at).recover();
        Effect effect = world.database().after(node.recovering().next(), weakness);
        ModelWorld begun = world.with(at, node);
        goOn(begun, at, Lane.RECOVERING, effect.answer(), () -> node.name() + " recovers", visitor);
        if (world.left().late() > 0 && !effect.answer().equals(List.of())) {
            visitor.move(
                    () -> node.name() + " recovers, and the claims it looks for are on their way",
                    begun.less(Left.LATE).with(at, waiting(node, Lane.RECOVERING, effect.answer())));
        }
    }

    private static ModelNode waiting(ModelNode node, Lane lane, Object answer) {
        return node.with(lane, node.work(lane).waitingFor(answer));
    }

    /** The lease of the row's owner runs out: of a dead one at any time, of a living one when it is paused. */
    private static void burial(ModelWorld world, ModelNode node, Visitor visitor) {
        if (isOpenOf(world, node) && !world.database().buried().contains(node.owner())) {
            if (!node.alive()) {
                visitor.move(() -> node.name() + " is buried", world.bury(node.owner()));
            } else if (world.left().pauses() > 0) {
                visitor.move(
                        () -> node.name() + " is paused and buried",
                        world.less(Left.PAUSES).bury(node.owner()));
            }
        }
    }

    private static boolean isOpenOf(ModelWorld world, ModelNode node) {
        RunRow row = world.database().row();
        return row != null && row.isOpen() && row.run().owner().equals(node.owner());
    }

    private void ofCall(ModelWorld world, int at, Lane lane, Visitor visitor) {
        ModelNode node = world.nodes().get(at);
        ModelWork work = node.work(lane);
        String who = node.name() + (lane == Lane.DELIVERY ? "" : " " + lane);
        if (work.waiting() != null) {
            goOn(world, at, lane, work.waiting(), () -> who + " has its answer", visitor);
            return;
        }
        Statement statement = work.next();
        Effect effect = world.database().after(statement, weakness);
        ModelWorld after = world.after(effect.database());
        Supplier<String> said = () -> statement + ": " + said(effect.answer());
        goOn(after, at, lane, effect.answer(), () -> who + ": " + said.get(), visitor);
        if (world.left().late() == 0) {
            return;
        }
        late(world, at, lane, effect, () -> who, visitor);
        if (!statement.reads()) {
            goOn(
                    after.less(Left.LATE).later(statement),
                    at,
                    lane,
                    effect.answer(),
                    () -> who + ", to be done twice: " + said.get(),
                    visitor);
        }
    }

    /** The statement is given up, or its answer is on its way. */
    private void late(ModelWorld world, int at, Lane lane, Effect effect, Supplier<String> who, Visitor visitor) {
        Statement statement = world.nodes().get(at).work(lane).next();
        ModelWorld less = world.less(Left.LATE);
        goOn(
                statement.reads() ? less : less.later(statement),
                at,
                lane,
                ModelSession.LOST,
                () -> who.get() + " gives up: " + statement,
                visitor);
        visitor.move(
                () -> who.get() + ", answer on its way: " + statement + ": " + said(effect.answer()),
                less.after(effect.database()).with(at, waiting(world.nodes().get(at), lane, effect.answer())));
    }

    /**
     * Up to the next statement that changes something. A read is made at once. If it misses a change, the version that
     * the next statement names shows it. A late read is a move of its own.
     */
    private void goOn(ModelWorld world, int at, Lane lane, Object answer, Supplier<String> text, Visitor visitor) {
        ModelWorld next = world.answered(at, lane, answer);
        ModelWork work = next.nodes().get(at).work(lane);
        Effect effect = work == null ? null : next.database().after(work.next(), weakness);
        boolean reads = effect != null
                && (work.next().reads()
                        || (work.next() instanceof ModelDatabase.FreeOfTheDead
                                && effect.database() == next.database()));
        if (!reads) {
            visitor.move(text, next);
            return;
        }
        if (next.left().late() > 0) {
            late(next, at, lane, effect, () -> text.get() + "; then", visitor);
        }
        goOn(next, at, lane, effect.answer(), text, visitor);
    }

    private static String said(Object answer) {
        if (answer instanceof Optional<?> found) {
            return found.isPresent() ? "a row" : "no row";
        } else if (answer instanceof Reserving) {
            return answer instanceof Reserving.Gone ? "gone" : "reserved";
        }
        return String.valueOf(answer);
    }
}
