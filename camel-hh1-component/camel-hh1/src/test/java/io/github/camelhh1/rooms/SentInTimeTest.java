package io.github.camelhh1.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.cloudflare.CloudflareAccount;
import io.github.camelhh1.cloudflare.CloudflareGenerator;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generation.Preparation;
import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.http.AddressRule;
import io.github.camelhh1.http.HostNames;
import io.github.camelhh1.http.HttpSettings;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No byte of a request's body leaves after the moment until which the ledger's word is good. Over real sockets. */
class SentInTimeTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Hh1Simulator service = Hh1Simulator.builder().rendering(false).start();
    /** Of one connection: a second call waits until the first has ended. */
    private final HttpTransport http = new HttpTransport(
            new HttpSettings(1, LIMIT, null, null, AddressRule.ANY, Thread::new),
            new HostNames(HostNames.Resolver.SYSTEM, Runnable::run),
            Runnable::run);

    private final CloudflareGenerator generator = generator(Clock.systemUTC());

    private CloudflareGenerator generator(InstantSource clock) {
        return new CloudflareGenerator(
                http,
                new CloudflareAccount(
                        URI.create(service.baseUrl() + "/accounts/" + service.account() + "/ai/run"),
                        null,
                        true,
                        "alibaba/hh1-i2v"),
                clock,
                null);
    }

    @AfterEach
    void close() {
        http.close();
        service.close();
    }

    private Generation sentBefore(long nanos) {
        return generation()
                .sending(new Generation.Sending(
                        nanos,
                        id -> CompletableFuture.completedStage(true),
                        null,
                        null,
                        unknown -> CompletableFuture.completedStage(true)));
    }

    private Generation generation() {
        Generation any = ScriptedGenerator.generation();
        return new Generation(
                        GenerationRequest.EMPTY,
                        RequestImage.Link.of(service.sampleImageUrl()),
                        any.identity(),
                        any.accepted(),
                        any.limits())
                .prepared(new Preparation(service.apiKey(), any.deadline(System.nanoTime())));
    }

    private CompletableFuture<Outcome> begin(Generation generation) {
        return generator.generate(generation).toCompletableFuture().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static void isTooLate(Outcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.NotSent.class, notSent -> {
            assertThat(notSent.reason()).contains("delayed").contains("SENT").contains("nothing was sent");
            assertThat(notSent.passing()).as("worth another attempt").isTrue();
            assertThat(notSent.trace().attempts()).isZero();
        });
    }

    /** The deadline passes on another thread while the answer is being read: its link may be paid. */
    @Test
    void anAnswerThatIsBeingReadIsNotCancelled() {
        service.script(Reply.throttled("Wed, 21 Oct 2065 07:28:00 GMT"));
        var reading = new CompletableFuture<Void>();
        var cancelled = new CompletableFuture<Void>();
        var call = generator(() -> {
                    reading.complete(null);
                    cancelled.join();
                    return Instant.EPOCH;
                })
                .generate(generation())
                .toCompletableFuture();
        reading.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();

        call.cancel(true);
        cancelled.complete(null);

        assertThat(call.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join()).isInstanceOf(Outcome.Throttled.class);
    }

    @Test
    void inTimeItIsSent() {
        long soon = System.nanoTime() + Duration.ofHours(1).toNanos();

        assertThat(begin(sentBefore(soon)).join()).isInstanceOf(Outcome.Completed.class);
        assertThat(service.charges()).isEqualTo(1);
    }

    @Test
    void tooLateItDoesNotEvenConnect() {
        isTooLate(begin(sentBefore(System.nanoTime() - 1)).join());

        assertThat(service.connections()).isZero();
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void whatWaitedTooLongForItsConnectionIsNotSent() {
        var held = new CompletableFuture<Void>();
        service.next(Reply.completed().heldUntil(held));
        var first = begin(generation());
        await().untilAsserted(() -> assertThat(service.requests()).hasSize(1));

        long limit = System.nanoTime() + Duration.ofMillis(200).toNanos();
        var second = begin(sentBefore(limit));
        await().until(() -> System.nanoTime() - limit > 0);
        assertThat(second).isNotDone();
        held.complete(null);

        assertThat(first.join()).isInstanceOf(Outcome.Completed.class);
        isTooLate(second.join());
        await().untilAsserted(() -> assertThat(service.connections()).isZero());
        assertThat(service.charges()).isEqualTo(1);
        assertThat(service.requests().stream().filter(request -> request.complete()))
                .hasSize(1);
    }
}
