package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.fence.ModelSession.Answered;
import io.github.camelhh1.ledger.fence.ModelSession.Memory;
import io.github.camelhh1.ledger.fence.ModelSession.Progress;
import io.github.camelhh1.ledger.fence.ModelWork.Call;
import io.github.camelhh1.ledger.fence.ModelWork.Ended;
import io.github.camelhh1.ledger.fence.ModelWork.Step;
import io.github.camelhh1.ledger.fence.ModelWork.Writing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node of the model check: the memory of its session, and up to three calls of the session at once, as {@code
 * Bookkeeping} and {@code LedgerKeeper} make them: that of the delivery, a repeated settlement, a recovery. A value.
 *
 * @param delivery null when no message is there
 * @param unwritten settlements that failed at their first try; {@code Bookkeeping.unwritten}
 * @param keeping the try to write them, or null
 * @param recovering the recovery that is under way, or null
 * @param mostPaid attempts that may be paid: one under {@code onUnknown=hold}, more under {@code resend}
 */
record ModelNode(
        String name,
        boolean alive,
        Memory memory,
        @Nullable Delivery delivery,
        List<Writing> unwritten,
        @Nullable ModelWork keeping,
        @Nullable ModelWork recovering,
        int mostPaid) {

    /** Tries of a claim: {@code Limits.maxAttempts}. */
    private static final int TURNS = 2;

    /**
     * A message from its claim to its ending; {@code OncePerKey}, {@code WithinBudget}, {@code RetryingWhenSafe} and
     * {@code Recorded}.
     *
     * @param askedAgain the claim was in flight elsewhere, and is asked for once more
     * @param turn of {@code RetryingWhenSafe}
     * @param round how often the run was forgotten when the POST began
     * @param task the name of the attempt's task; null while it has none
     */
    record Delivery(
            Step step,
            boolean askedAgain,
            int turn,
            @Nullable Claim claim,
            @Nullable Attempt attempt,
            @Nullable Writing settlement,
            int round,
            @Nullable String task,
            @Nullable ModelWork work) {
        Delivery at(ModelWork now) {
            return new Delivery(step, askedAgain, turn, claim, attempt, settlement, round, task, now);
        }

        Delivery of(String named) {
            return new Delivery(step, askedAgain, turn, claim, attempt, settlement, round, named, work);
        }

        /** No exchange waits for it: its turn is none of {@code RetryingWhenSafe}. */
        boolean isResumed() {
            return turn == 0;
        }

        /** Its POST is in flight, or its task goes on. */
        boolean isUnderWay() {
            return step == Step.POSTED || step == Step.NOTING || step == Step.ASKING;
        }

        Delivery step(Step next, int nextTurn) {
            return new Delivery(next, askedAgain, nextTurn, claim, attempt, settlement, round, task, null);
        }
    }

    enum Lane {
        DELIVERY,
        KEEPING,
        RECOVERING
    }

    static ModelNode fresh(String name, int mostPaid) {
        return new ModelNode(name, true, ModelSession.fresh(name), null, List.of(), null, null, mostPaid);
    }

    ModelNode dead() {
        return new ModelNode(name, false, ModelSession.fresh(memory.owner()), null, List.of(), null, null, mostPaid);
    }

    /** Buried, and renewed under a new name. */
    ModelNode renamed() {
        return with(new Memory(name + ".1", memory.numbers(), memory.live(), memory.inDoubt()));
    }

    /** A message of the key that comes now would join. */
    boolean isAtWork() {
        return delivery != null || !unwritten.isEmpty();
    }

    boolean isIdle() {
        return !isAtWork() && keeping == null && recovering == null;
    }

    String owner() {
        return memory.owner();
    }

    @Nullable
    ModelWork work(Lane lane) {
        return switch (lane) {
            case DELIVERY -> delivery == null ? null : delivery.work();
            case KEEPING -> keeping;
            case RECOVERING -> recovering;
        };
    }

    private ModelNode with(Memory now) {
        return new ModelNode(name, alive, now, delivery, unwritten, keeping, recovering, mostPaid);
    }

    private ModelNode with(@Nullable Delivery now) {
        return new ModelNode(name, alive, memory, now, unwritten, keeping, recovering, mostPaid);
    }

    ModelNode with(Lane lane, @Nullable ModelWork work) {
        return switch (lane) {
            case DELIVERY -> with(delivery.at(work));
            case KEEPING -> new ModelNode(name, alive, memory, delivery, unwritten, work, recovering, mostPaid);
            case RECOVERING -> new ModelNode(name, alive, memory, delivery, unwritten, keeping, work, mostPaid);
        };
    }

    /** Runs up to its first statement. */
    ModelNode begin(Lane lane, Call call) {
        Progress progress = ModelSession.run(call, memory, List.of());
        return with(progress.memory()).with(lane, new ModelWork(call, memory, List.of(), null, progress.next(), null));
    }

    ModelNode delivered() {
        return with(new Delivery(Step.CLAIMING, false, 1, null, null, null, 0, null, null))
                .call(Step.CLAIMING);
    }

    ModelNode recover() {
        return begin(Lane.RECOVERING, new Call(Step.WAITING, null, List.of(), mostPaid, null));
    }

    ModelNode keep() {
        return begin(Lane.KEEPING, new Call(Step.SETTLING, null, unwritten, mostPaid, null));
    }

    private ModelNode call(Step step) {
        return begin(Lane.DELIVERY, new Call(step, delivery.claim(), List.of(), mostPaid, delivery.task()));
    }

    /** A call goes on with the answer of its statement. */
    ModelNode answered(Lane lane, Object answer) {
        ModelWork work = work(lane);
        var answers = new ArrayList<>(work.answers());
        answers.add(new Answered(answer, memory));
        Progress progress = ModelSession.run(work.call(), work.begin(), answers);
        ModelNode node = with(progress.memory());
        if (progress.next() != null) {
            return node.with(
                    lane, new ModelWork(work.call(), work.begin(), answers, work.next(), progress.next(), null));
        }
        return switch (lane) {
            case DELIVERY ->
                node.with(lane, null).ended(progress.result(), work.call().writings());
            case KEEPING -> node.with(lane, null).tried(work.call().writings(), progress.result());
            case RECOVERING -> node.with(lane, null);
        };
    }

    /** {@code Bookkeeping.retry}: settlements that were added meanwhile are written with the others. */
    private ModelNode tried(List<Writing> written, Object result) {
        return result == ModelSession.LOST || !written.equals(unwritten)
                ? this
                : new ModelNode(name, alive, memory, delivery, List.of(), null, recovering, mostPaid);
    }

    private ModelNode ended(Object result, List<Writing> written) {
        return switch (delivery.step()) {
            case CLAIMING -> claimed(result);
            case RESERVING -> result instanceof Reserving.Reserved ? send(1) : release();
            case SENDING -> sent(result);
            case RESUMING -> resumed(result);
            default -> settled(result, written);
        };
    }

    private ModelNode claimed(Object result) {
        if (result instanceof Claiming.Claimed claimed) {
            return with(new Delivery(Step.RESERVING, false, 1, claimed.claim(), null, null, 0, null, null))
                    .call(Step.RESERVING);
        }
        boolean elsewhere = result instanceof Claiming.NotClaimed not
                && not.reason() == Claiming.Reason.IN_FLIGHT
                && !Claim.sessionOf(not.run().owner()).equals(name);
        if (elsewhere && !delivery.askedAgain()) {
            return claim();
        }
        return with((Delivery) null);
    }

    /** The next attempt. */
    ModelNode send(int turn) {
        return with(delivery.step(Step.SENDING, turn)).call(Step.SENDING);
    }

    @SuppressWarnings("unchecked")
    private ModelNode sent(Object result) {
        if (result == ModelSession.LOST) {
            return again();
        }
        return ((Optional<Attempt>) result)
                .map(attempt -> with(new Delivery(
                        Step.POSTED, false, delivery.turn(), delivery.claim(), attempt, null, 0, null, null)))
                .orElseGet(this::release);
    }

    ModelNode posted(int round) {
        return with(new Delivery(
                Step.POSTED, false, delivery.turn(), delivery.claim(), delivery.attempt(), null, round, null, null));
    }

    private ModelNode again() {
        return delivery.turn() < TURNS ? with(delivery.step(Step.WAITING, delivery.turn())) : release();
    }

    private ModelNode release() {
        return settle(Step.RELEASING, new Writing(Ended.RELEASED, delivery.claim(), null, null, true));
    }

    /** {@code TaskCall.created}: nobody asks for the task before its name was written, or could not be. */
    ModelNode note(String task) {
        return with(delivery.of(task))
                .settle(Step.NOTING, new Writing(Ended.NOTED, delivery.claim(), delivery.attempt(), task, true));
    }

    /** {@code TaskKeeper} has seen the run with this task. */
    ModelNode resume(String task) {
        return with(new Delivery(Step.RESUMING, false, 0, null, null, null, 0, task, null))
                .call(Step.RESUMING);
    }

    /** {@code Resumed}: a run that could not be taken over is looked for again. */
    @SuppressWarnings("unchecked")
    private ModelNode resumed(Object result) {
        if (result == ModelSession.LOST) {
            return with((Delivery) null);
        }
        return with(((Optional<Attempt>) result)
                .map(attempt ->
                        new Delivery(Step.ASKING, false, 0, attempt.claim(), attempt, null, 0, delivery.task(), null))
                .orElse(null));
    }

    ModelNode settle(Ended ended, @Nullable String link) {
        return settle(
                Step.SETTLING, new Writing(ended, delivery.claim(), delivery.attempt(), link, !delivery.isResumed()));
    }

    /** {@code Bookkeeping.settle}: after what is unwritten, and with it. */
    private ModelNode settle(Step step, Writing writing) {
        var all = new ArrayList<>(unwritten);
        all.add(writing);
        return with(new Delivery(
                        step,
                        false,
                        delivery.turn(),
                        delivery.claim(),
                        delivery.attempt(),
                        writing,
                        delivery.round(),
                        delivery.task(),
                        null))
                .begin(Lane.DELIVERY, new Call(Step.SETTLING, null, List.copyOf(all), mostPaid, null));
    }

    /** Or kept, to be written later: the delivery goes on either way. */
    private ModelNode settled(Object result, List<Writing> written) {
        ModelNode node = this;
        if (result == ModelSession.LOST) {
            var more = new ArrayList<>(unwritten);
            more.add(delivery.settlement());
            node = new ModelNode(name, alive, memory, delivery, List.copyOf(more), keeping, recovering, mostPaid);
        } else if (written.subList(0, written.size() - 1).equals(unwritten)) {
            node = new ModelNode(name, alive, memory, delivery, List.of(), keeping, recovering, mostPaid);
        }
        return switch (delivery.settlement().ended()) {
            case UNSENT -> node.again();
            case NOTED ->
                node.with(node.delivery().step(Step.ASKING, node.delivery().turn()));
            case UNKNOWN -> mostPaid > 1 && delivery.task() == null ? node.claim() : node.with((Delivery) null);
            default -> node.with((Delivery) null);
        };
    }

    /** Not asked for twice: in flight elsewhere, or under {@code resend}. */
    private ModelNode claim() {
        return with(new Delivery(Step.CLAIMING, true, 1, null, null, null, 0, null, null))
                .call(Step.CLAIMING);
    }
}
