package io.github.camelhh1;

import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.Facts;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.generation.Accepted;
import io.github.camelhh1.generation.Fingerprint;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Trace;
import io.github.camelhh1.key.RememberedKeys;
import io.github.camelhh1.key.RequestKey;
import io.github.camelhh1.message.FailureMessages;
import io.github.camelhh1.message.GenerateMessage;
import io.github.camelhh1.message.MessageWriter;
import io.github.camelhh1.message.VideoName;
import io.github.camelhh1.staging.Caller;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.GenerateParts;
import io.github.camelhh1.wiring.MessagesInProgress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/** One message on its way through the rooms, from its being understood to its ending. */
final class Delivery {
    private final Exchange exchange;
    private final GenerateParts parts;
    private final Generation generation;
    private final RequestKey key;
    private final RememberedKeys remembered;
    private final InstantSource clock;
    private final MessagesInProgress open;

    /** {@code message} must hold no violations. */
    Delivery(Exchange exchange, GenerateParts parts, GenerateMessage message, ComponentParts component) {
        String fingerprint = Fingerprint.of(parts.model(), message.request(), message.imageIdentity());
        this.exchange = exchange;
        this.parts = parts;
        this.remembered = component.rememberedKeys();
        this.clock = component.clock;
        this.open = component.open();
        this.key = RequestKey.of(exchange, message, fingerprint, remembered);
        if (key.fresh()) {
            component.warnOfAKeyThatARestartLoses(exchange);
        }
        var identity = Identity.of(parts.account(), parts.model(), key.key(), fingerprint);
        var accepted = new Accepted(
                component.timers.nanoTime(),
                VideoName.of(message, identity),
                message::imageName,
                parts.prices().cost(message.request()).orElse(null),
                message.correlation(),
                Caller.of(exchange, message.correlation()),
                new CompletableFuture<>());
        this.generation = new Generation(message.request(), message.content(), identity, accepted, parts.limits(), null)
                .storedAt(message.stored());
    }

    CompletionStage<Outcome> run() {
        CompletableFuture<Void> recalled = generation.accepted().recalled();
        open.begin(recalled, routes());
        CompletionStage<Outcome> run;
        try {
            run = parts.stack().generator().generate(generation);
        } catch (RuntimeException | Error e) {
            run = CompletableFuture.failedStage(e);
        }
        return run.whenComplete((outcome, error) -> open.end(recalled));
    }

    /** The one that took the message, and the one that it is in. */
    private Set<String> routes() {
        var routes = new HashSet<String>();
        routes.add(exchange.getFromRouteId());
        routes.add(ExchangeHelper.getAtRouteId(exchange));
        return routes;
    }

    /**
     * Makes the ending a message again; never throws. One of {@code outcome} and {@code error} is null. Whoever hands the
     * message on says so by {@link #handedOn}.
     */
    void finish(@Nullable Outcome outcome, @Nullable Throwable error) {
        if (outcome == null) {
            fail(broken(error));
        } else if (outcome instanceof Outcome.Completed completed) {
            complete(completed);
        } else {
            fail(outcome);
        }
    }

    private void complete(Outcome.Completed completed) {
        String runId = generation.identity().runId();
        String link = completed.completion().videoUrl();
        Instant expiresAt = MessageWriter.expiresAt(link);
        if (completed.replayed() && expiresAt != null && expiresAt.isBefore(clock.instant())) {
            exchange.setException(FailureMessages.expired("its link expired at " + expiresAt, link, Facts.of(runId)));
            return;
        }
        try {
            parts.writer().write(exchange, runId, completed);
        } catch (RuntimeException | Error e) {
            // It is paid: whatever went wrong here must not send it again.
            fail(broken(e));
        }
    }

    /** The message has all it came for, or has failed: a paid video that the route did not get keeps its key. */
    void handedOn() {
        Exception failure = exchange.getException();
        if (failure == null) {
            remembered.settle(key.names(), key.key());
        } else if (failure instanceof Hh1Exception known && known.billing() != Billing.NOT_BILLED) {
            remembered.remember(key.names(), key.key());
        }
    }

    private void fail(Outcome outcome) {
        exchange.setException(parts.failures().of(outcome, generation.identity().runId()));
    }

    /** A room that throws has a defect. Nobody knows how far it came, so it may have been paid. */
    private static Outcome broken(@Nullable Throwable error) {
        return new Outcome.Unknown(
                "a defect of this component: " + CleanText.of(String.valueOf(error)), error, Trace.NONE);
    }
}
