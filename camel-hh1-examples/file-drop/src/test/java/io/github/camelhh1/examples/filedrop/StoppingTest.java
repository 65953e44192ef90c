package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The effect of Ctrl+C on the photos in the folder. */
class StoppingTest {
    @TempDir
    private Path root;

    @Test
    void photosThatWereTakenAreFinishedAndTheOthersStay() throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        Map<String, String> oneAtATime = Map.of("camel.component.hh1.maxInFlight", "1");
        try (Drop drop = Drop.with(root, Clock.systemUTC(), oneAtATime)) {
            drop.simulator.next(Reply.completed().heldUntil(release));
            drop.put("a.png", Drop.photo("png", 0x0a0b0c));
            drop.put("b.png", Drop.photo("png", 0x1a1b1c));
            drop.put("c.png", Drop.photo("png", 0x2a2b2c));
            await().untilAsserted(() -> assertThat(drop.simulator.inFlight()).isEqualTo(1));
            drop.awaitLine("c.png             waiting");

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(drop::stop);
            drop.awaitStopping();
            release.complete(null);
            stopped.join();

            assertThat(Drop.names(drop.folder.done())).containsExactly("a.png", "b.png");
            assertThat(Drop.names(drop.folder.out())).containsExactly("a.json", "a.mp4", "b.json", "b.mp4");
            assertThat(Drop.names(drop.folder.in())).containsExactly("c.png");
            assertThat(Drop.names(drop.folder.failed())).isEmpty();
            assertThat(drop.simulator.requests()).hasSize(2);
        }
    }

    /** It was turned away, and its next try would come after the end. */
    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aPhotoThatTheServiceTurnedAwayStays(String routes) throws Exception {
        try (Hh1Simulator simulator = Drop.simulator();
                Drop drop = Drop.stoppingSoon(simulator, root.resolve(routes), routes)) {
            simulator.next(Reply.throttled("20"));
            drop.put("a.png", Drop.photo("png", 0x4a4b4c));
            await().until(() -> simulator.requests().size() == 1 && simulator.inFlight() == 0);
            drop.stop();

            assertThat(Drop.names(drop.folder.failed())).isEmpty();
            assertThat(Drop.names(drop.folder.in())).containsExactly("a.png");
            assertThat(simulator.charges()).isZero();
        }
    }

    /** Its staging has begun: the stop ends that, and the request never leaves. */
    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aPhotoThatIsBeingStagedStays(String routes) throws Exception {
        CountDownLatch staging = new CountDownLatch(1);
        HttpServer s3 = s3ThatNeverEndsAPut(staging);
        URI address = URI.create("http://127.0.0.1:" + s3.getAddress().getPort());
        try (Drop drop = Drop.stagingAt(address, root.resolve(routes), routes)) {
            drop.put("a.txt", "the cat yawns");
            drop.put("a.png", Drop.photo("png", 0x3a3b3c));
            assertThat(staging.await(60, TimeUnit.SECONDS)).isTrue();
            drop.stop();

            assertThat(Drop.names(drop.folder.failed())).isEmpty();
            assertThat(Drop.names(drop.folder.in())).containsExactly("a.png", "a.txt");
            assertThat(drop.terminal()).contains("not sent, stays in the folder");
            assertThat(drop.simulator.requests()).isEmpty();
        } finally {
            s3.stop(0);
        }
    }

    private static HttpServer s3ThatNeverEndsAPut(CountDownLatch begun) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            if (exchange.getRequestMethod().equals("PUT")) {
                begun.countDown();
                return;
            }
            byte[] nothing = "<ListBucketResult/>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, nothing.length);
            exchange.getResponseBody().write(nothing);
            exchange.close();
        });
        server.start();
        return server;
    }
}
