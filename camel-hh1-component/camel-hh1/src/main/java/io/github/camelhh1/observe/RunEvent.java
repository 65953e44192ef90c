package io.github.camelhh1.observe;

import io.github.camelhh1.failure.Billing;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.jspecify.annotations.Nullable;

/**
 * A step of a message, for the event notifiers of the Camel context. Its type is {@link CamelEvent.Type#Custom}.
 *
 * <p>Notifiers get the events of one message in their order, on a thread of their own. A notifier that hangs delays no
 * message; while 1000 events wait for it, further ones are dropped. No event holds a prompt, a key or a link.
 */
public sealed interface RunEvent extends CamelEvent {

    /**
     * The message that took the step.
     *
     * @param component its name in the context
     * @param runId of the ledger; empty for a download whose message names no run
     * @param routeId of the route that took the message; null outside of routes
     * @param model null for downloads
     */
    record Subject(
            CamelContext context,
            String component,
            String runId,
            String exchangeId,
            @Nullable String routeId,
            @Nullable String model,
            Instant at) {}

    /** The message that took the step, and when. */
    Subject about();

    @Override
    default Type getType() {
        return Type.Custom;
    }

    @Override
    default CamelContext getSource() {
        return about().context();
    }

    @Override
    default long getTimestamp() {
        return about().at().toEpochMilli();
    }

    /** Does nothing: the time of an event is that of the step. */
    @Override
    default void setTimestamp(long timestamp) {}

    /** The message breaks no rule; nothing was sent yet. */
    record Accepted(Subject about) implements RunEvent {}

    /**
     * The image has a link.
     *
     * @param bytes of the image; 0 for an object that was linked where it is
     */
    record Staged(Subject about, long bytes, Duration elapsed) implements RunEvent {}

    /**
     * The request leaves for the service.
     *
     * @param attempt counts from 1
     */
    record Sent(Subject about, int attempt) implements RunEvent {}

    /**
     * The message has its outcome.
     *
     * @param outcome {@code Completed}, {@code Unknown}, {@code NotSent} and so on
     * @param billing whether money moved for this message
     * @param replayed whether the ledger, or another delivery, answered
     * @param attempts requests that left for the service
     * @param elapsed since acceptance
     * @param cost of what was or may be billed; null when it is not known, or nothing was billed
     * @param failure simple name of the exception that the route gets; null when there is none
     */
    record Outcome(
            Subject about,
            String outcome,
            Billing billing,
            boolean replayed,
            int attempts,
            Duration elapsed,
            @Nullable BigDecimal cost,
            @Nullable String failure)
            implements RunEvent {}

    /**
     * A download ended.
     *
     * @param bytes of the video; 0 when there is none
     * @param failure simple name of the exception that the route gets; null when there is none
     */
    record Downloaded(
            Subject about,
            long bytes,
            Duration elapsed,
            @Nullable String failure) implements RunEvent {}
}
