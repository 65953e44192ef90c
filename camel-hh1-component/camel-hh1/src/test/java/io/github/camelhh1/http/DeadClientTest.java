package io.github.camelhh1.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.service.ImageBody;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An {@link Error} ends an I/O thread of the client, as when memory runs out. Over real sockets. */
class DeadClientTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int HELD = 6;

    private final Hh1Simulator service =
            Hh1Simulator.builder().rendering(false).requireReachableImage(false).start();
    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    private final HttpTransport http = new HttpTransport(
            new HttpSettings(2 * HELD, LIMIT, null, null, AddressRule.ANY, DeadClientTest::silent),
            new HostNames(HostNames.Resolver.SYSTEM, Runnable::run),
            Runnable::run);

    private static Thread silent(Runnable work) {
        var thread = new Thread(work);
        thread.setUncaughtExceptionHandler((dead, error) -> {});
        return thread;
    }

    /** Its thread dies with it. */
    private static final class OutOfMemory implements HttpCall.Sink {
        @Override
        public void begin(int status, Map<String, String> headers) {
            throw new OutOfMemoryError("Java heap space");
        }

        @Override
        public void write(ByteBuffer piece) {}
    }

    @AfterEach
    void close() {
        http.close();
        service.close();
    }

    private HttpResult get() {
        return end(http.get(URI.create(service.baseUrl()), Map.of(), 10_000));
    }

    private CompletableFuture<HttpResult> killAThread() {
        return http.fetch(URI.create(service.baseUrl()), Map.of(), new OutOfMemory());
    }

    private CompletableFuture<HttpResult> generate() {
        Map<String, Object> input = Map.of("image", "https://i.example/a.jpg");
        var body = ImageBody.of(Map.of("model", "alibaba/hh1-i2v", "input", input), null);
        URI uri = URI.create(service.baseUrl() + "/accounts/" + service.account() + "/ai/run");
        http.lookUp(uri).join();
        return http.post(new HttpCall(uri, Map.of("Authorization", "Bearer " + service.apiKey()), body, 10_000, null));
    }

    private static HttpResult end(CompletableFuture<HttpResult> call) {
        return call.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Test
    void theNextCallsAreServedHoweverOftenItHappens() {
        for (int i = 0; i < 3; i++) {
            var killed = killAThread();

            await().atMost(LIMIT).until(() -> get() instanceof HttpResult.Answer);
            assertThat(end(killed)).isInstanceOf(HttpResult.Failure.class);
            assertThat(get()).isInstanceOf(HttpResult.Answer.class);
        }
    }

    @Test
    void callsOfTheOtherThreadGoOnAndThoseOfTheDeadOneEndAsBegun() {
        service.script(Stream.generate(() -> Reply.completed().heldUntil(gate))
                .limit(HELD)
                .toArray(Reply[]::new));
        List<CompletableFuture<HttpResult>> held =
                Stream.generate(this::generate).limit(HELD).toList();
        await().atMost(LIMIT).until(() -> service.peakInFlight() == HELD);

        killAThread();
        // The next call finds the client broken; those of its dead thread end within seconds.
        await().atMost(LIMIT)
                .until(() -> get() instanceof HttpResult.Answer && held.stream().anyMatch(CompletableFuture::isDone));
        gate.complete(null);

        List<HttpResult> ends = held.stream().map(DeadClientTest::end).toList();
        assertThat(ends).filteredOn(HttpResult.Answer.class::isInstance).isNotEmpty();
        assertThat(ends)
                .filteredOn(HttpResult.Failure.class::isInstance)
                .isNotEmpty()
                .allSatisfy(end ->
                        assertThat(((HttpResult.Failure) end).bodyStarted()).isTrue());
    }

    @Test
    void noCallIsPaidThatIsSaidNotToHaveBegun() {
        List<CompletableFuture<HttpResult>> calls = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            killAThread();
            Stream.generate(this::generate).limit(2 * HELD).forEach(calls::add);
        }

        List<HttpResult> ends = calls.stream().map(DeadClientTest::end).toList();
        long notBegun = ends.stream()
                .filter(end -> end instanceof HttpResult.Failure failure && !failure.bodyStarted())
                .count();
        // A body that begins later is paid later.
        await().during(Duration.ofSeconds(1)).atMost(LIMIT).until(() -> service.charges() <= calls.size() - notBegun);
        // On a busy machine no call may meet a living client before.
        await().atMost(LIMIT).until(() -> end(generate()) instanceof HttpResult.Answer);
    }

    @Test
    void aClosedTransportStaysClosed() {
        http.close();

        assertThat(get()).isInstanceOf(HttpResult.Failure.class);
        assertThat(get()).isInstanceOf(HttpResult.Failure.class);
    }
}
