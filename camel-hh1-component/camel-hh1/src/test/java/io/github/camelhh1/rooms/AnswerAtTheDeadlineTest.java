package io.github.camelhh1.rooms;

import static io.github.camelhh1.rooms.ScriptedGenerator.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.simulation.ReportLog;
import io.github.camelhh1.simulation.VirtualTimers;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The answer is read, and is on its way from the socket to the rooms, at the moment when generationTimeout passes. */
class AnswerAtTheDeadlineTest {
    private final LedgerSession session = Ledgers.memory().open();
    private final VirtualTimers time = new VirtualTimers();

    private static final class OnItsWay extends CompletableFuture<Outcome> {
        /** The first word counts: an answer that is there is not cancelled. */
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            complete(COMPLETED);
            return false;
        }
    }

    /** Its outcome is there, and what waits for it runs a moment later. */
    private static final class IsThere extends CompletableFuture<Outcome> {
        final Queue<Runnable> dependents = new ArrayDeque<>();

        @Override
        public CompletableFuture<Outcome> whenComplete(BiConsumer<? super Outcome, ? super Throwable> action) {
            return super.whenCompleteAsync(action, dependents::add);
        }
    }

    @Test
    void thatIsThereIsNotOverwritten() {
        var call = new IsThere();
        CompletableFuture<Outcome> ending = WithDeadline.around(generation -> call, time)
                .generate(ScriptedGenerator.generation())
                .toCompletableFuture();

        call.complete(COMPLETED);
        time.pass(ScriptedGenerator.generation().limits().generationTimeout());
        call.dependents.forEach(Runnable::run);

        assertThat(ending).isCompletedWithValue(COMPLETED);
    }

    @Test
    void leavesItsLinkInTheLedger() {
        var books = new Bookkeeping(session, Runnable::run, Runnable::run, Runnable::run, time, new ReportLog());
        Generator rooms = WithDeadline.around(generation -> new OnItsWay(), time);
        rooms = new OncePerKey(new Recorded(rooms, books, time, null), books, new RunsUnderWay());
        Generation generation = ScriptedGenerator.generation();

        CompletableFuture<Outcome> ending = rooms.generate(generation).toCompletableFuture();
        time.pass(generation.limits().generationTimeout());

        assertThat(ending).isDone();
        Run run = session.find(generation.identity().runId()).orElseThrow();
        assertThat(run.completion() != null || !run.late().isEmpty())
                .as("the paid link is in the run, which is %s, or beside it", run.state())
                .isTrue();
    }
}
