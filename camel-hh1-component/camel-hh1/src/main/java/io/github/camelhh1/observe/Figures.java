package io.github.camelhh1.observe;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The messages on their way and the last outcomes of one component, in memory. Safe for use by many threads. */
public final class Figures implements Observer {
    /** Kept outcomes. */
    static final int LAST = 50;

    /**
     * A message that ended.
     *
     * @param outcome its name, as {@code Completed} or {@code NotSent}
     * @param replayed whether the ledger, or another delivery, answered
     */
    public record Last(
            String runId, @Nullable String routeId, String model, String outcome, boolean replayed, Duration elapsed) {}

    private final Set<ObservedMessage> onTheirWay = ConcurrentHashMap.newKeySet();
    private final Deque<Last> last = new ArrayDeque<>();
    private final Deque<Duration> made = new ArrayDeque<>();

    @Override
    public void accepted(ObservedMessage message) {
        onTheirWay.add(message);
    }

    @Override
    public void staged(ObservedMessage message, long bytes, Duration elapsed) {
        message.step = "staged";
    }

    @Override
    public void sent(ObservedMessage message, int attempt) {
        message.attempt = attempt;
        message.step = "sent";
    }

    @Override
    public void ended(ObservedMessage message, Ended ended) {
        onTheirWay.remove(message);
        var one = new Last(
                message.runId(),
                message.routeId(),
                message.identity().model(),
                ended.name(),
                ended.isReplay(),
                ended.elapsed());
        synchronized (this) {
            keep(last, one);
            if (ended.failure() == null && !ended.isReplay()) {
                keep(made, ended.elapsed());
            }
        }
    }

    private static <T> void keep(Deque<T> all, T one) {
        if (all.size() == LAST) {
            all.removeFirst();
        }
        all.addLast(one);
    }

    /** In no order. */
    public List<ObservedMessage> onTheirWay() {
        return List.copyOf(onTheirWay);
    }

    /** Messages that were sent and have not ended. */
    public int inFlight() {
        return (int) onTheirWay.stream().filter(one -> one.attempt() > 0).count();
    }

    /**
     * The time since the oldest message on its way was accepted; zero when there is none.
     *
     * @param now on the monotonic clock
     */
    public Duration oldest(long now) {
        return Duration.ofNanos(onTheirWay.stream()
                .mapToLong(one -> now - one.acceptedAt())
                .max()
                .orElse(0));
    }

    /** The oldest first; at most 50. */
    public synchronized List<Last> last() {
        return List.copyOf(last);
    }

    /** Half of the last 50 videos of this node took no longer; null before the first one. */
    public synchronized @Nullable Duration median() {
        return made.isEmpty() ? null : made.stream().sorted().toList().get((made.size() - 1) / 2);
    }
}
