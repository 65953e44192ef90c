package io.github.camelhh1.staging.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.ReceivedRequest;
import io.github.camelhh1.simulator.Reply;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The contract of every staging, tested through routes and over real HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StagingContract {
    protected static final Duration LIMIT = Duration.ofSeconds(60);

    private final byte[] photo = png(1);
    private final HttpClient http = HttpClient.newHttpClient();
    private CompletableFuture<Void> gate;
    private Hh1Simulator simulator;
    private Ledger ledger;
    private Runnable onceHashed;
    protected StagingSite site;
    protected CamelContext context;

    /** Fresh and empty. */
    protected abstract StagingSite open() throws Exception;

    @BeforeAll
    void openAll() throws Exception {
        simulator = Hh1Simulator.builder().rendering(false).start();
        site = open();
    }

    @AfterAll
    void closeAll() throws Exception {
        simulator.close();
        site.close();
    }

    @BeforeEach
    void start() throws Exception {
        simulator.reset();
        gate = new CompletableFuture<>();
        onceHashed = () -> {};
        ledger = watched(Ledger.class, Ledgers.memory());
        context = node();
    }

    /** Claims are made when the image was hashed, and before it is staged. */
    private <T> T watched(Class<T> type, T ledger) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("claim")) {
                        onceHashed.run();
                    }
                    try {
                        Object result = method.invoke(ledger, arguments);
                        return result instanceof LedgerSession session ? watched(LedgerSession.class, session) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @AfterEach
    void stop() {
        site.behave();
        context.stop();
    }

    /** A context of its own, as a node that starts. */
    protected CamelContext node() throws Exception {
        var node = new DefaultCamelContext();
        node.getShutdownStrategy().setTimeout(2);
        var component = new Hh1Component(node);
        component.getConfiguration().setBaseUrl(simulator.baseUrl());
        component.getConfiguration().setLookup(false);
        component.getConfiguration().setAccountId(simulator.account());
        component.getConfiguration().setApiKey(simulator.apiKey());
        component.setMaxInFlight(50);
        component.setLedger(ledger);
        node.addComponent("hh1", component);
        site.configure(node);
        node.start();
        return node;
    }

    protected Hh1Simulator simulator() {
        return simulator;
    }

    protected Exchange generate(byte[] image) throws Exception {
        return send("generate", image, "").get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private CompletableFuture<Exchange> send(String operation, Object body, String options) {
        return ask("hh1:" + operation + "?" + site.options() + options, body, null);
    }

    private CompletableFuture<Exchange> ask(String uri, Object body, String runId) {
        ProducerTemplate template = context.createProducerTemplate();
        return template.asyncSend(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeader(Hh1Constants.RUN_ID, runId);
        });
    }

    /** Of the image that this photo is staged as. */
    public static String name(byte[] image) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(image);
            return HexFormat.of().formatHex(hash) + ".png";
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] png(int colour) {
        var picture = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, colour);
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    private static <T> T failure(Exchange exchange, Class<T> type) {
        assertThat(exchange.getException()).isInstanceOf(type);
        return type.cast(exchange.getException());
    }

    protected HttpResponse<byte[]> fetch(String link) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(link)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private ReceivedRequest held(int count) {
        await().atMost(LIMIT).until(() -> simulator.inFlight() == count);
        List<ReceivedRequest> requests = simulator.requests();
        return requests.get(requests.size() - 1);
    }

    /** The lines of the log meanwhile. */
    private static List<String> logged(Callable work) throws Exception {
        var log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            work.call();
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private interface Callable {
        void call() throws Exception;
    }

    @Nested
    class WhileTheVideoIsMade {
        @Test
        void theLinkGivesTheImage() throws Exception {
            simulator.script(Reply.completed().heldUntil(gate));
            CompletableFuture<Exchange> exchange = send("generate", photo, "");
            HttpResponse<byte[]> image = fetch(held(1).image());
            assertThat(image.statusCode()).isEqualTo(200);
            assertThat(image.body()).isEqualTo(photo);
            assertThat(image.headers().firstValue("Content-Type")).hasValue("image/png");
            gate.complete(null);
            assertThat(exchange.get().getException()).isNull();
        }

        @Test
        void twoThatNeedTheSameImageShareIt() throws Exception {
            var other = new CompletableFuture<Void>();
            simulator.script(
                    Reply.completed().heldUntil(gate), Reply.completed().heldUntil(other));
            CompletableFuture<Exchange> first = send("generate", photo, "&prompt=one");
            held(1);
            Object stamp = site.stamp(name(photo));
            CompletableFuture<Exchange> second = send("generate", photo, "&prompt=two");
            String link = held(2).image();
            assertThat(site.stamp(name(photo))).isEqualTo(stamp);
            gate.complete(null);
            first.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(fetch(link).statusCode()).isEqualTo(200);
            other.complete(null);
            assertThat(second.get(LIMIT.toSeconds(), TimeUnit.SECONDS).getException())
                    .isNull();
            assertThat(site.images()).isEmpty();
        }

        @Test
        void aBigImageIsThereWhole() throws Exception {
            byte[] big = Arrays.copyOf(photo, 12 << 20);
            simulator.script(Reply.completed().heldUntil(gate));
            CompletableFuture<Exchange> exchange = send("generate", big, "");
            assertThat(name(fetch(held(1).image()).body())).isEqualTo(name(big));
            gate.complete(null);
            assertThat(exchange.get().getException()).isNull();
            assertThat(site.images()).isEmpty();
        }

        @Test
        void fiftyDifferentOnesDoNotGetInEachOthersWay() throws Exception {
            List<CompletableFuture<Exchange>> sent = IntStream.range(0, 50)
                    .mapToObj(colour -> send("generate", png(colour), ""))
                    .toList();
            for (CompletableFuture<Exchange> one : sent) {
                assertThat(one.get(LIMIT.toSeconds(), TimeUnit.SECONDS).getException())
                        .isNull();
            }
            assertThat(simulator.charges()).isEqualTo(50);
            assertThat(simulator.requests().stream().map(ReceivedRequest::image).distinct())
                    .hasSize(50);
            assertThat(site.images()).isEmpty();
        }
    }

    @Nested
    class OnceTheOutcomeIsKnown {
        @Test
        void theImageOfAVideoIsGone() throws Exception {
            assertThat(generate(photo).getException()).isNull();
            assertThat(site.images()).isEmpty();
        }

        @Test
        void theImageOfARefusedRequestIsGone() throws Exception {
            simulator.script(Reply.error(400, 5006, "the prompt is not allowed"));
            failure(generate(photo), RejectedException.class);
            assertThat(site.images()).isEmpty();
        }

        @Test
        void theImageStaysWhereCleanUpIsOff() throws Exception {
            byte[] kept = png(77);
            send("generate", kept, "&stagingCleanup=false").get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(site.images()).containsExactly(name(kept));
        }
    }

    @Nested
    class OfAnUnknownOutcome {
        private String runId;

        @BeforeEach
        void lose() throws Exception {
            simulator.script(Reply.completed().cutAfter(20));
            runId = failure(generate(photo), OutcomeUnknownException.class).runId();
            assertThat(site.images()).containsExactly(name(photo));
        }

        private void settle(String operation) throws Exception {
            String uri = "hh1:" + operation + "?" + site.options();
            Exchange settled = ask(uri, "https://v.example/found.mp4", runId).get();
            assertThat(settled.getException()).isNull();
            assertThat(site.images()).isEmpty();
        }

        @Test
        void theImageStaysUntilItIsAdopted() throws Exception {
            settle("adopt");
        }

        @Test
        void theImageStaysUntilItIsForgotten() throws Exception {
            settle("forget");
        }

        @Test
        void theImageStaysAndIsNamedWhereTheOperatorsEndpointDoesNotKnowItsStore() throws Exception {
            List<String> said =
                    logged(() -> assertThat(ask("hh1:forget", null, runId).get().getException())
                            .isNull());
            assertThat(site.images()).containsExactly(name(photo));
            assertThat(said)
                    .anySatisfy(line -> assertThat(line).contains("WARN", name(photo), runId, "staging options"));
        }

        @Test
        void theImageIsRemovedByANodeThatDidNotStageIt() throws Exception {
            context.stop();
            context = node();
            settle("adopt");
        }

        @Test
        void theImageStaysThoughAnotherOfTheSameIsDoneAfterARestart() throws Exception {
            context.stop();
            context = node();
            assertThat(generate(photo).getException()).isNull();
            assertThat(site.images()).containsExactly(name(photo));
            settle("forget");
        }

        @Test
        void theImageStaysThoughAnotherOfTheSameIsDone() throws Exception {
            assertThat(generate(photo).getException()).isNull();
            assertThat(site.images()).containsExactly(name(photo));
            settle("forget");
        }
    }

    /** Row 38. */
    @Nested
    class WhenTheFileChangesBeforeItIsPut {
        private final byte[][] changes = {png(9), Arrays.copyOf(photo, 10), Arrays.copyOf(photo, 100_000), null};

        private void change(Path file, byte[] content) {
            try {
                if (content == null) {
                    Files.delete(file);
                } else {
                    Files.write(file, content);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Test
        void nothingIsSentAndNothingStaysInTheStore() throws Exception {
            Path file = Files.createTempFile("photo", ".png");
            for (byte[] content : changes) {
                Files.write(file, photo);
                onceHashed = () -> change(file, content);
                Exchange exchange = send("generate", file, "").get(LIMIT.toSeconds(), TimeUnit.SECONDS);
                assertThat(failure(exchange, NotSentException.class).billing()).isEqualTo(Billing.NOT_BILLED);
                assertThat(simulator.requests()).isEmpty();
                assertThat(site.images()).isEmpty();
            }
        }
    }

    @Nested
    class WhenTheStoreFails {
        @Test
        void nothingIsSentAndTheNextTryIsAsIfItWereTheFirst() throws Exception {
            site.refusePuts(name(photo));
            var failure = failure(generate(photo), NotSentException.class);
            assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
            assertThat(failure).hasMessageContaining("could not be staged");
            assertThat(simulator.requests()).isEmpty();
            site.behave();
            assertThat(generate(photo).getException()).isNull();
            assertThat(site.images()).isEmpty();
        }

        @Test
        void anImageThatCannotBeRemovedIsNamedInOneLineAndItsVideoIsThere() throws Exception {
            List<String> said = logged(() -> {
                simulator.script(Reply.completed().heldUntil(gate));
                CompletableFuture<Exchange> exchange = send("generate", photo, "");
                held(1);
                site.refuseRemovals(name(photo));
                gate.complete(null);
                assertThat(exchange.get(LIMIT.toSeconds(), TimeUnit.SECONDS).getException())
                        .isNull();
            });
            assertThat(said.stream().filter(line -> line.contains("WARN") && line.contains(name(photo))))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("could not be removed"));
        }
    }
}
