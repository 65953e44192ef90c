package io.github.camelhh1.observe;

import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Progress;
import io.github.camelhh1.observe.Observer.Downloaded;
import io.github.camelhh1.observe.Observer.Ended;
import io.github.camelhh1.text.CleanText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The observers of one component. They change nothing. The failure of an observer is logged once. An observer that
 * waits delays no message. Safe for use by many threads.
 */
public final class Observers {
    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    /** Observers that only count, or hand over at once: on the thread of the step. */
    private final List<Observer> counting;
    /** On a thread of its own, for a log file may be slow; null for no log lines. */
    private final @Nullable LogLines lines;

    private final Executor thread;
    private final LongSupplier nanoTime;
    private final AtomicBoolean failed = new AtomicBoolean();

    private Observers(List<Observer> counting, @Nullable LogLines lines, Executor thread, LongSupplier nanoTime) {
        this.counting = counting;
        this.lines = lines;
        this.thread = thread;
        this.nanoTime = nanoTime;
    }

    /**
     * The observers of a component that starts.
     *
     * @param waiting messages that wait for a permit
     * @param thread one thread, which keeps the order of steps; null for no log lines
     */
    public static Observers of(Figures figures, IntSupplier waiting, Timers timers, @Nullable Executor thread) {
        return new Observers(
                new CopyOnWriteArrayList<>(List.of(figures)),
                thread == null ? null : new LogLines(figures, waiting, timers, thread),
                thread == null ? Runnable::run : thread,
                timers::nanoTime);
    }

    /** {@code observer} only counts, or hands over at once. */
    public void add(Observer observer) {
        counting.add(observer);
    }

    void remove(Observer added) {
        counting.remove(added);
    }

    /** A message was accepted: it breaks no rule, and nothing was sent. */
    public ObservedProgress accepted(ObservedMessage message) {
        message.hasLines = lines != null && lines.admits();
        tell(message.hasLines, observer -> observer.accepted(message));
        return new ObservedProgress(message);
    }

    /**
     * The download of an exchange, which has the video or a failure, ended.
     *
     * @param begin on the monotonic clock
     */
    public void downloaded(Exchange exchange, String runId, long bytes, long begin) {
        var video = new Downloaded(
                // A sender may have written it.
                CleanText.of(runId),
                exchange.getExchangeId(),
                exchange.getFromRouteId(),
                bytes,
                since(begin),
                exchange.getException());
        tell(lines != null && lines.admits(), observer -> observer.downloaded(video));
    }

    /** A piece of work with the ledger ended. */
    public void ledgerTook(Duration elapsed) {
        tell(false, observer -> observer.ledgerTook(elapsed));
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(nanoTime.getAsLong() - nanos);
    }

    private void tell(boolean hasLines, Consumer<Observer> step) {
        for (Observer observer : counting) {
            tell(observer, step);
        }
        LogLines log = lines;
        if (hasLines && log != null) {
            thread.execute(() -> tell(log, step));
        }
    }

    private void tell(Observer observer, Consumer<Observer> step) {
        try {
            step.accept(observer);
        } catch (RuntimeException | Error e) {
            if (failed.compareAndSet(false, true)) {
                LOG.warn("An observer of this component failed, which changes nothing for any message", e);
            }
        }
    }

    /** Of one message. */
    public final class ObservedProgress implements Progress {
        private final ObservedMessage message;

        private ObservedProgress(ObservedMessage message) {
            this.message = message;
        }

        @Override
        public void staged(long bytes, Duration elapsed) {
            tell(message.hasLines, observer -> observer.staged(message, bytes, elapsed));
        }

        @Override
        public void sent(int attempt) {
            tell(message.hasLines, observer -> observer.sent(message, attempt));
        }

        /**
         * The message ended.
         *
         * @param failure as the route gets it; null when the message goes on with a link
         */
        public void ended(Outcome outcome, @Nullable Throwable failure) {
            var ended = new Ended(outcome, since(message.acceptedAt()), failure);
            tell(message.hasLines, observer -> observer.ended(message, ended));
        }
    }
}
