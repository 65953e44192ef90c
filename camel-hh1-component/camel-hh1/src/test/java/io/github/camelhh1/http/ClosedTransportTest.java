package io.github.camelhh1.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.simulator.Hh1Simulator;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A transport is closed while an I/O thread opens a call's body, as on a slow disk. Over real sockets. */
class ClosedTransportTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Hh1Simulator service =
            Hh1Simulator.builder().rendering(false).requireReachableImage(false).start();
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> rooms = new ConcurrentLinkedQueue<>();
    private final HttpTransport http = new HttpTransport(
            new HttpSettings(1, LIMIT, null, null, AddressRule.ANY, this::thread),
            new HostNames(HostNames.Resolver.SYSTEM, Runnable::run),
            rooms::add);
    private final SlowDisk disk = new SlowDisk();

    private Thread thread(Runnable work) {
        var thread = new Thread(work);
        threads.add(thread);
        return thread;
    }

    private static final class SlowDisk implements HttpCall.Body {
        final CompletableFuture<Void> isOpening = new CompletableFuture<>();
        final CompletableFuture<Void> gate = new CompletableFuture<>();

        @Override
        public long length() {
            return 2;
        }

        @Override
        public InputStream open() {
            isOpening.complete(null);
            gate.join();
            return new ByteArrayInputStream(new byte[] {'{', '}'});
        }
    }

    @AfterEach
    void close() {
        disk.gate.complete(null);
        http.close();
        service.close();
    }

    private CompletableFuture<HttpResult> beginning() {
        URI uri = URI.create(service.baseUrl() + "/accounts/" + service.account() + "/ai/run");
        http.lookUp(uri).join();
        var call =
                http.post(new HttpCall(uri, Map.of("Authorization", "Bearer " + service.apiKey()), disk, 10_000, null));
        disk.isOpening.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        return call;
    }

    private boolean bodyStarted(CompletableFuture<HttpResult> call) {
        for (Runnable room = rooms.poll(); room != null; room = rooms.poll()) {
            room.run();
        }
        return ((HttpResult.Failure) call.getNow(null)).bodyStarted();
    }

    private void openTheBody() throws InterruptedException {
        disk.gate.complete(null);
        for (Thread thread : threads) {
            thread.join(LIMIT.toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void aBodyThatOpensAfterwardsIsSaidNotToHaveBegun() throws InterruptedException {
        var call = beginning();
        http.close();
        openTheBody();

        assertThat(bodyStarted(call)).isFalse();
    }

    @Test
    void aBodyThatWasSaidNotToHaveBegunDoesNotLeave() throws InterruptedException {
        var call = beginning();
        http.close();
        assertThat(bodyStarted(call)).isFalse();
        openTheBody();

        assertThat(service.charges()).isZero();
        assertThat(service.requests()).noneMatch(request -> request.complete());
    }
}
