package io.github.camelhh1.lookup;

import io.github.camelhh1.generation.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks a service for the outcome of a call that was sent and whose answer is missing. Safe for use by many threads. */
public interface Lookup {

    /** Asks once. The stage never fails, and completes on the rooms executor within a minute. */
    CompletionStage<Finding> look(SentCall call);

    /** Whether questions proved to be useless. Then no message waits for one. */
    boolean isOver();

    /**
     * The time until a question may be asked again; zero for now. After that time one may be asked although this
     * look-up {@link #isOver}.
     */
    Duration pause();

    /**
     * A call that the ledger knows as sent.
     *
     * @param id the name that the call was sent with
     * @param logId the service's own name for it; null when no answer began
     * @param age the time since it was sent, at least
     */
    record SentCall(String id, @Nullable String logId, Duration age) {}

    /**
     * One look's result.
     *
     * @param outcome completed, rejected or unknown, never throttled or not sent; null when the service says nothing yet
     * @param believable whether the same finding, a minute later, is the end
     * @param rows the service's records that it rests on
     */
    record Finding(@Nullable Outcome outcome, boolean believable, Set<String> rows) {
        public static final Finding NOTHING = new Finding(null, false, Set.of());
    }
}
