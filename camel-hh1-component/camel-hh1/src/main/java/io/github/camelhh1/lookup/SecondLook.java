package io.github.camelhh1.lookup;

import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.lookup.Lookup.Finding;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides which finding about one call is final. A video is believed at once. A refusal, or a result without a link, is
 * believed when a second look finds the same records: the gateway may have repeated the call, and its second record
 * comes later.
 */
public final class SecondLook {
    /** Records appear within a minute. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private @Nullable Finding first;
    private long since;

    /**
     * The end of the call; null when it needs another look.
     *
     * @param asked when the look began, on the monotonic clock
     */
    public synchronized @Nullable Outcome judge(Finding finding, long asked, long now) {
        Outcome outcome = finding.outcome();
        if (outcome instanceof Outcome.Completed) {
            return outcome;
        } else if (outcome == null) {
            return null;
        }
        Finding before = first;
        if (before == null || !before.rows().equals(finding.rows())) {
            first = finding;
            since = now;
            return null;
        }
        return finding.believable() && asked - since >= PATIENCE.toNanos() ? outcome : null;
    }

    /** The time until a second look may decide; null when there is nothing to decide. */
    public synchronized @Nullable Duration pause(long now) {
        return first == null || !first.believable() ? null : PATIENCE.minusNanos(now - since);
    }

    /** The latest news of a call that stays unknown; null when there is none. */
    public synchronized @Nullable Outcome news() {
        return first == null ? null : first.outcome();
    }
}
