package io.github.camelhh1;

import io.github.camelhh1.generation.Fingerprint;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Trace;
import io.github.camelhh1.text.CleanText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** One message on its way through the rooms, from its being understood to its ending. */
final class Delivery {
    private final Exchange exchange;
    private final Assembly rooms;
    private final Reading reading;
    private final Generation generation;
    private final Pending pending;
    private final Unknowns unknowns;
    /** Taken when the message came: what the route makes of it later is another message. */
    private final List<String> names;

    /** {@code reading} must hold no violations. */
    Delivery(Exchange exchange, Assembly rooms, Reading reading, Unknowns unknowns) {
        String fingerprint = Fingerprint.of(rooms.model(), reading.request(), reading.imageIdentity());
        this.exchange = exchange;
        this.rooms = rooms;
        this.reading = reading;
        this.unknowns = unknowns;
        this.pending = Pending.of(exchange, fingerprint, reading);
        this.names = Unknowns.names(exchange, fingerprint + " " + reading.senderKey());
        var identity = Identity.of(rooms.account(), rooms.model(), pending.key(), fingerprint);
        this.generation = new Generation(reading.request(), reading.content(), identity, rooms.limits());
    }

    /** Sends it, unless an earlier try ended unknown. */
    CompletionStage<Outcome> run() {
        String unknown = unknownBecause();
        if (unknown != null) {
            return CompletableFuture.completedStage(new Outcome.Held(unknown));
        }
        try {
            return rooms.stack().generator().generate(generation);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** Of either memory: the exchange's own, or the one that outlives it. */
    private @Nullable String unknownBecause() {
        String own = pending.unknownBecause();
        return own != null ? own : unknowns.find(names);
    }

    /** Makes the ending a message again; never throws. One of {@code outcome} and {@code error} is null. */
    void finish(@Nullable Outcome outcome, @Nullable Throwable error, Duration elapsed) {
        if (outcome == null) {
            fail(broken(error));
        } else if (outcome instanceof Outcome.Completed completed) {
            complete(completed, elapsed);
        } else {
            fail(outcome);
        }
    }

    private void complete(Outcome.Completed completed, Duration elapsed) {
        try {
            rooms.writer().write(exchange, reading, generation, completed, elapsed);
            pending.completed();
        } catch (RuntimeException | Error e) {
            // It is paid: whatever went wrong here must not send it again.
            fail(broken(e));
        }
    }

    private void fail(Outcome outcome) {
        if (outcome instanceof Outcome.Unknown unknown) {
            pending.unknown(unknown.reason());
            unknowns.remember(names, unknown.reason());
        }
        exchange.setException(rooms.failures().of(outcome, generation.identity().runId()));
    }

    /** A room that throws has a defect. Nobody knows how far it came, so it may have been paid. */
    private static Outcome broken(@Nullable Throwable error) {
        return new Outcome.Unknown(
                "a defect of this component: " + CleanText.of(String.valueOf(error)), error, Trace.NONE);
    }
}
