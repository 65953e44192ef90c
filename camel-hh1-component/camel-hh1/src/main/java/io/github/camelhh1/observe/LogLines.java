package io.github.camelhh1.observe;

import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.QuotedPrompt;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The lines at INFO for each message: accepted, sent, ended. While messages are on their way, one line a minute has
 * their number. The run id is in the MDC of each line.
 */
final class LogLines implements Observer {
    /** In the MDC of each line about one run. */
    static final String RUN_ID = "hh1.runId";

    static final Duration PAUSE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger("io.github.camelhh1.Runs");

    /** So many messages in a row have lines, however fast they come. */
    private static final int BURST = 1000;
    /** After these, so many a second have lines: a flood must not fill a disk, or cost more than the messages. */
    private static final int PER_SECOND = 20;

    private static final long NANOS_EACH = Duration.ofSeconds(1).toNanos() / PER_SECOND;

    private final Figures figures;
    private final IntSupplier waiting;
    private final Timers timers;
    private final Executor thread;
    private final AtomicBoolean ticking = new AtomicBoolean();
    /** On the monotonic clock: messages had lines as if they had come evenly until then. */
    private final AtomicLong usedUntil;

    private final AtomicInteger withoutLines = new AtomicInteger();

    /**
     * The lines of one component.
     *
     * @param waiting messages that wait for a permit
     * @param thread writes the line of the minute
     */
    LogLines(Figures figures, IntSupplier waiting, Timers timers, Executor thread) {
        this.thread = thread;
        this.figures = figures;
        this.waiting = waiting;
        this.timers = timers;
        this.usedUntil = new AtomicLong(timers.nanoTime() - BURST * NANOS_EACH);
    }

    /** Whether the message that is accepted now has lines. Returns at once. */
    boolean admits() {
        if (!LOG.isInfoEnabled()) {
            return false;
        }
        tick();
        long now = timers.nanoTime();
        long used = usedUntil.get();
        long next = Math.max(used - now, -BURST * NANOS_EACH) + now + NANOS_EACH;
        boolean admitted = next - now <= 0 && usedUntil.compareAndSet(used, next);
        if (!admitted) {
            withoutLines.incrementAndGet();
        }
        return admitted;
    }

    @Override
    public void accepted(ObservedMessage message) {
        line(message, "Run {}: accepted {}", message.runId(), message.image());
    }

    @Override
    public void sent(ObservedMessage message, int attempt) {
        if (attempt == 1) {
            line(
                    message,
                    "Run {}: sent to the model {}",
                    message.runId(),
                    message.identity().model());
        } else {
            line(message, "Run {}: sent again, attempt {}", message.runId(), attempt);
        }
    }

    @Override
    public void ended(ObservedMessage message, Ended ended) {
        String time = text(ended.elapsed());
        if (ended.failure() != null) {
            String reason = QuotedPrompt.of(String.valueOf(ended.failure().getMessage()), message.request());
            line(message, "Run {}: no video after {}: {}", message.runId(), time, reason);
        } else if (ended.isReplay()) {
            line(message, "Run {}: answered again with its video; nothing was paid", message.runId());
        } else {
            line(message, "Run {}: completed after {}{}{}", message.runId(), time, amount(message), attempts(ended));
        }
    }

    @Override
    public void downloaded(Downloaded video) {
        if (video.failure() == null) {
            line(
                    video.runId(),
                    "Run {}: downloaded {} bytes in {}",
                    video.runId(),
                    video.bytes(),
                    text(video.elapsed()));
        }
    }

    private static String amount(ObservedMessage message) {
        Integer seconds = message.request().duration();
        return (seconds == null ? "" : ", " + seconds + " s of video")
                + (message.cost() == null ? "" : ", cost " + message.cost().toPlainString());
    }

    private static String attempts(Ended ended) {
        int attempts = ended.outcome().trace().attempts();
        return attempts > 1 ? ", " + attempts + " attempts" : "";
    }

    private static void line(ObservedMessage message, String format, Object... arguments) {
        line(message.runId(), format, arguments);
    }

    private static void line(String runId, String format, Object... arguments) {
        MDC.put(RUN_ID, runId);
        try {
            LOG.info(format, arguments);
        } finally {
            MDC.remove(RUN_ID);
        }
    }

    private void tick() {
        if (!ticking.get() && ticking.compareAndSet(false, true)) {
            timers.after(PAUSE).thenAcceptAsync(this::progress, thread);
        }
    }

    private void progress(boolean passed) {
        ticking.set(false);
        boolean any = !figures.onTheirWay().isEmpty();
        int untold = withoutLines.getAndSet(0);
        if (!passed || (!any && untold == 0)) {
            return;
        }
        Duration median = figures.median();
        LOG.info(
                "{} in flight, {} waiting; the oldest was accepted {} ago{}{}",
                figures.inFlight(),
                waiting.getAsInt(),
                text(figures.oldest(timers.nanoTime())),
                median == null ? "" : ". Half of the last videos took " + text(median) + " or less",
                untold == 0 ? "" : ". " + untold + " messages had no lines of their own: they came too fast");
        if (any) {
            tick();
        }
    }

    /** For people: {@code 2 min 5 s}. */
    static String text(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
