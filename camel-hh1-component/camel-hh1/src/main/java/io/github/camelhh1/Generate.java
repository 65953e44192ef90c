package io.github.camelhh1;

import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generation.Accepted;
import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.generation.Prices;
import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.key.RememberedKeys;
import io.github.camelhh1.key.RequestKey;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.message.FailureMessages;
import io.github.camelhh1.message.GenerateMessage;
import io.github.camelhh1.message.MessageReader;
import io.github.camelhh1.message.MessageWriter;
import io.github.camelhh1.observe.ObservedMessage;
import io.github.camelhh1.observe.Observers.ObservedProgress;
import io.github.camelhh1.staging.Staging.Caller;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.wiring.Backend;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.EndpointOptions;
import io.github.camelhh1.wiring.GenerateParts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/** {@code hh1:generate}, which holds no thread while the video is made; and {@code hh1:estimate}, its dry run. */
final class Generate implements StartedOperation {
    private final ComponentParts component;
    private final GenerateParts parts;
    private final RememberedKeys rememberedKeys;
    private final @Nullable String group;

    Generate(EndpointOptions options, RememberedKeys rememberedKeys) throws Exception {
        this.component = options.component();
        this.rememberedKeys = rememberedKeys;
        Duration shortest = OptionRules.shortestGeneration(options.configuration());
        component.grace.callsTake(shortest);
        this.parts = new GenerateParts(options);
        component.pauses.add(parts.stack.pausedBecause());
        // A task goes on without its exchange, and is resumed.
        if (!shortest.isZero() && parts.tasks == null) {
            component.warnings.ofStopping(options.context(), parts.limits.generationTimeout());
        }
        this.group = options.configuration().getGroup();
    }

    /**
     * {@code hh1:estimate}: the request as {@code generate} would send it. Nothing leaves the JVM. The body becomes a
     * {@code Map} with {@code request} (the JSON object's fields; content to be staged shows as
     * {@code staged:<sha256>.<extension>}, an object to be linked in place as {@code s3://bucket/key}), {@code seconds}
     * and, with {@code pricePerSecond}, {@code cost}. They count as the budget counts them: a duration or resolution that
     * is left to the service counts as the longest or dearest.
     */
    static StartedOperation estimate(EndpointOptions options) throws Exception {
        MessageReader reader = GenerateParts.reader(options);
        Preflight preflight = GenerateParts.preflight(options, false);
        Prices prices = Prices.parse(options.configuration().getPricePerSecond());
        return exchange -> {
            GenerateMessage message = reader.read(exchange);
            List<String> violations = message.allViolations(preflight);
            if (!violations.isEmpty()) {
                throw new InvalidRequestException(violations, "", CallIds.NONE);
            }
            GenerationRequest request =
                    message.request().withImage(message.theImage().title());
            Map<String, Object> estimate = new LinkedHashMap<>();
            estimate.put("request", Backend.request(options.configuration(), request));
            int seconds = (int) prices.most(request).seconds();
            estimate.put("seconds", seconds);
            prices.cost(request, seconds).ifPresent(cost -> estimate.put("cost", cost));
            exchange.getMessage().setBody(estimate);
            return CompletableFuture.completedStage(true);
        };
    }

    @Override
    public void close() {
        component.pauses.remove(parts.stack.pausedBecause());
        parts.close();
    }

    @Override
    public CompletionStage<?> process(Exchange exchange) throws Hh1Exception {
        GenerateMessage message = parts.reader.read(exchange);
        if (!message.violations().isEmpty()) {
            throw new InvalidRequestException(message.allViolations(parts.preflight), "", CallIds.NONE);
        }
        var delivery = new Delivery(exchange, message);
        return delivery.run()
                .handleAsync(
                        (outcome, error) -> {
                            delivery.finish(outcome, error);
                            return true;
                        },
                        component.callbacks)
                .thenCompose(finished -> parts.output.apply(exchange))
                .whenComplete((delivered, error) -> delivery.settleKey());
    }

    /** A room that throws has a defect. How far the call came is unknown, so it may have been paid. */
    private static Outcome broken(@Nullable Throwable error) {
        return new Outcome.Unknown(
                "a defect of this component: " + CleanText.of(String.valueOf(error)), error, Trace.NONE);
    }

    /** One message without violations, on its way through the rooms. */
    private final class Delivery {
        private final Exchange exchange;
        private final Generation generation;
        private final RequestKey key;
        private final ObservedProgress progress;

        Delivery(Exchange exchange, GenerateMessage message) {
            String fingerprint = Identity.fingerprint(parts.model, message.request(), message.theImage());
            this.exchange = exchange;
            this.key = RequestKey.of(exchange, message, fingerprint, rememberedKeys);
            if (key.fresh()) {
                component.warnings.ofAKeyThatARestartLoses(exchange);
            }
            var identity = Identity.of(parts.account, parts.model, key.key(), fingerprint);
            BigDecimal cost = parts.prices.cost(message.request()).orElse(null);
            long now = component.timers.nanoTime();
            this.progress = component.observers.accepted(new ObservedMessage(
                    exchange.getExchangeId(),
                    exchange.getFromRouteId(),
                    identity,
                    message::imageName,
                    message.request(),
                    cost,
                    now));
            var accepted = new Accepted(
                    now,
                    message.videoFileName(identity),
                    message::imageName,
                    cost,
                    message.correlation(),
                    group,
                    Caller.of(exchange, message.correlation()),
                    progress,
                    new CompletableFuture<>());
            this.generation = new Generation(message.request(), message.theImage(), identity, accepted, parts.limits);
        }

        CompletionStage<Outcome> run() {
            CompletableFuture<Void> recalled = generation.accepted().recalled();
            // The route that took the message and the route that it is in may both stop.
            var routes = new HashSet<String>();
            routes.add(exchange.getFromRouteId());
            routes.add(ExchangeHelper.getAtRouteId(exchange));
            component.open.begin(recalled, routes);
            CompletionStage<Outcome> run;
            try {
                run = parts.stack.generator().generate(generation);
            } catch (RuntimeException | Error e) {
                run = CompletableFuture.failedStage(e);
            }
            return run.whenComplete((outcome, error) -> component.open.end(recalled));
        }

        /** Makes the ending a message again; never throws. One of {@code outcome} and {@code error} is null. */
        void finish(@Nullable Outcome outcome, @Nullable Throwable error) {
            Outcome ending = outcome != null ? outcome : broken(error);
            if (ending instanceof Outcome.Completed completed) {
                complete(completed);
            } else {
                fail(ending);
            }
            exchange.setProperty(Hh1Constants.OUTCOME, ending.getClass().getSimpleName());
            exchange.setProperty(Hh1Constants.ATTEMPTS, ending.trace().attempts());
            progress.ended(ending, exchange.getException());
        }

        private void complete(Outcome.Completed completed) {
            String runId = generation.identity().runId();
            String link = completed.completion().videoUrl();
            if (link.isEmpty()) {
                exchange.setException(FailureMessages.expired(
                        "its run was pruned from the ledger with the link", link, runId, CallIds.NONE));
                return;
            }
            Instant expiresAt = MessageWriter.expiresAt(link);
            if (completed.replayed() && expiresAt != null && expiresAt.isBefore(component.clock.instant())) {
                exchange.setException(
                        FailureMessages.expired("its link expired at " + expiresAt, link, runId, CallIds.NONE));
                return;
            }
            try {
                parts.writer.write(exchange, runId, completed);
            } catch (RuntimeException | Error e) {
                // The video is paid: this failure must not send the request again.
                fail(broken(e));
            }
        }

        private void fail(Outcome outcome) {
            exchange.setException(
                    parts.failures.of(outcome, generation.identity().runId(), generation.request()));
        }

        /** Called when the message is complete or has failed. A paid video that the route did not get keeps its key. */
        void settleKey() {
            Exception failure = exchange.getException();
            if (failure == null) {
                rememberedKeys.settle(key.names(), key.key());
            } else if (failure instanceof Hh1Exception known && known.billing() != Billing.NOT_BILLED) {
                rememberedKeys.remember(key.names(), key.key());
            }
        }
    }
}
