package io.github.camelhh1.faults;

import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A route whose ledger lies on a disk of one megabyte, which is filled and emptied. In a JVM of its own, since the disk
 * is mounted for it alone. Says what it sees, a line each.
 */
final class FullDiskMain {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path disk;
    private final Hh1Simulator simulator;
    private final ProducerTemplate template;

    private FullDiskMain(Path disk, Hh1Simulator simulator, ProducerTemplate template) {
        this.disk = disk;
        this.simulator = simulator;
        this.template = template;
    }

    public static void main(String[] arguments) throws Exception {
        Path disk = Path.of(arguments[0]);
        try (Hh1Simulator simulator = Hh1Simulator.builder().rendering(false).start();
                var context = new DefaultCamelContext()) {
            var hh1 = new Hh1Component(context);
            hh1.setLedger(Ledgers.of("jdbc:sqlite:" + disk.resolve("hh1.db")));
            hh1.getConfiguration().setBaseUrl(simulator.baseUrl());
            hh1.getConfiguration().setAccountId(simulator.account());
            hh1.getConfiguration().setApiKey(simulator.apiKey());
            hh1.getConfiguration().setRetryDelay(10);
            context.addComponent("hh1", hh1);
            context.start();
            new FullDiskMain(disk, simulator, context.createProducerTemplate()).run();
        }
    }

    private void run() throws Exception {
        say("at first", ending(send("first").get(PATIENCE.toSeconds(), TimeUnit.SECONDS)));

        var gate = new CompletableFuture<Void>();
        simulator.script(Reply.completed().heldUntil(gate));
        CompletableFuture<Exchange> inFlight = send("in flight");
        await().atMost(PATIENCE).until(() -> simulator.inFlight() == 1);
        fill();
        gate.complete(null);
        say("in flight", ending(inFlight.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)));
        say("while full", ending(send("while full").get(PATIENCE.toSeconds(), TimeUnit.SECONDS)));
        say("posts", simulator.requests().size());

        Files.delete(disk.resolve("filler"));
        await().atMost(PATIENCE).until(() -> states().equals("COMPLETED COMPLETED"));
        say("states", states());
        say("with room again", ending(send("while full").get(PATIENCE.toSeconds(), TimeUnit.SECONDS)));
        say("charges", simulator.charges());
    }

    private CompletableFuture<Exchange> send(String key) {
        return template.asyncSend("hh1:generate", exchange -> {
            exchange.getMessage().setBody(simulator.sampleImageUrl());
            exchange.getMessage().setHeader(Hh1Constants.REQUEST_KEY, key);
        });
    }

    private static String ending(Exchange exchange) {
        Exception failure = exchange.getException();
        return failure == null
                ? "video"
                : failure.getClass().getSimpleName() + ": "
                        + failure.getMessage().replace('\n', ' ');
    }

    private String states() {
        Object body = template.requestBody("hh1:runs", (Object) null);
        var states = new StringBuilder();
        for (Object run : (List<?>) body) {
            states.append(states.isEmpty() ? "" : " ").append(((Map<?, ?>) run).get("state"));
        }
        return states.toString();
    }

    /** To the last byte, and beyond what the ledger has set aside. */
    private void fill() throws IOException {
        byte[] piece = new byte[4096];
        try (OutputStream filler = Files.newOutputStream(disk.resolve("filler"))) {
            while (true) {
                filler.write(piece);
            }
        } catch (IOException e) {
            say("filled", e.getMessage());
        }
    }

    private static void say(String what, Object value) {
        System.out.println(what + ": " + value);
    }
}
