package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.StartedParts;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.Pictures;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.DelegatingSession;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Reply;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.WrappedFile;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.converter.stream.InputStreamCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 38: an image of each kind changes at each point of a call. */
class ChangedWhileItWaitsTest {
    private static final String INLINE = "inlineImages=true";
    private static final String DIRECTORY = "stagingDirectory=staged";
    private static final String ENDPOINT = "stagingUri=direct:stage";

    private static final byte[] PHOTO = Pictures.filled(Pictures.encoded("png", 400, 300), 100_000);
    private static final byte[] OTHER = Pictures.filled(Pictures.encoded("png", 300, 400), 100_000);

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    Path directory;

    private final AtomicInteger keys = new AtomicInteger();
    private volatile Runnable change = () -> {};
    private volatile Runnable whileItIsPut = () -> {};
    private volatile int changeAtKey;
    private volatile boolean changeAtReserving;

    enum Kind {
        FILE {
            @Override
            Object of(Path file, byte[] bytes) {
                return file.toFile();
            }
        },
        PATH {
            @Override
            Object of(Path file, byte[] bytes) {
                return file;
            }
        },
        WRAPPED_FILE {
            @Override
            Object of(Path file, byte[] bytes) {
                return new WrappedFile<File>() {
                    @Override
                    public File getFile() {
                        return file.toFile();
                    }

                    @Override
                    public Object getBody() {
                        return this;
                    }

                    @Override
                    public long getFileLength() {
                        return bytes.length;
                    }
                };
            }
        },
        BYTES {
            @Override
            Object of(Path file, byte[] bytes) {
                return bytes;
            }
        },
        BUFFER {
            @Override
            Object of(Path file, byte[] bytes) {
                return ByteBuffer.wrap(bytes);
            }
        },
        STREAM {
            @Override
            Object of(Path file, byte[] bytes) {
                return new ByteArrayInputStream(bytes);
            }
        },
        CACHE {
            @Override
            Object of(Path file, byte[] bytes) {
                return new InputStreamCache(bytes);
            }
        };

        abstract Object of(Path file, byte[] bytes);

        boolean isFile() {
            return compareTo(BYTES) < 0;
        }
    }

    enum Change {
        REPLACED {
            @Override
            void apply(Path file) throws IOException {
                Path other = Files.write(file.resolveSibling("other"), OTHER);
                Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
            }
        },
        WRITTEN_IN_PLACE {
            @Override
            void apply(Path file) throws IOException {
                Files.write(file, OTHER);
            }
        },
        SHRUNK {
            @Override
            void apply(Path file) throws IOException {
                Files.write(file, Arrays.copyOf(PHOTO, PHOTO.length / 2));
            }
        },
        GROWN {
            @Override
            void apply(Path file) throws IOException {
                Files.write(file, Arrays.copyOf(PHOTO, PHOTO.length * 2));
            }
        },
        GONE {
            @Override
            void apply(Path file) throws IOException {
                Files.delete(file);
            }
        };

        abstract void apply(Path file) throws IOException;

        void apply(Path file, byte[] bytes) {
            System.arraycopy(OTHER, 0, bytes, 0, bytes.length);
            try {
                apply(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void watch() {
        CAMEL.restart(hh1 -> {
            hh1.setMaxInFlight(1);
            hh1.setMaxSecondsPerDay(1_000_000L);
            hh1.setLedger(watched(Ledgers.memory()));
            hh1.getConfiguration().setApiKeySupplier(() -> {
                if (keys.incrementAndGet() == changeAtKey) {
                    change.run();
                }
                serveDirectory();
                return TestContext.KEY;
            });
        });
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:stage").process(exchange -> {
                    try (InputStream in = exchange.getMessage().getBody(InputStream.class)) {
                        int first = in.read();
                        whileItIsPut.run();
                        byte[] rest = in.readAllBytes();
                        exchange.getMessage()
                                .setBody(serve(ByteBuffer.allocate(rest.length + 1)
                                        .put((byte) first)
                                        .put(rest)
                                        .array()));
                    }
                });
            }
        });
    }

    @AfterEach
    void noCopyIsLeft() {
        Path copies = StartedParts.of(CAMEL.component()).privateDirectory();
        await().untilAsserted(() -> assertThat(copies).isEmptyDirectory());
    }

    /** By the hash of its content, whatever its name. */
    private static String serve(byte[] image) {
        return CAMEL.simulator().serve(Images.sha256(image) + ".png", image);
    }

    private void serveDirectory() {
        try (Stream<Path> files = Files.list(Files.createDirectories(directory.resolve("staged")))) {
            for (Path file :
                    files.filter(image -> image.toString().endsWith(".png")).toList()) {
                serve(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String options(String way) {
        String sample = CAMEL.simulator().sampleImageUrl();
        String served = sample.substring(0, sample.lastIndexOf('/'));
        return way.replace("staged", directory.resolve("staged") + "&stagingBaseUrl=" + served);
    }

    private Ledger watched(Ledger ledger) {
        return new Ledger() {
            @Override
            public LedgerSession open() {
                return new DelegatingSession(ledger.open()) {
                    @Override
                    protected <T> T around(String method, Supplier<T> call) {
                        if (method.equals("reserve") && changeAtReserving) {
                            change.run();
                        }
                        return call.get();
                    }
                };
            }

            @Override
            public boolean isDurable() {
                return false;
            }
        };
    }

    private SentMessage send(String way, Kind kind, Change how) throws IOException {
        byte[] bytes = PHOTO.clone();
        Path file = Files.write(directory.resolve("photo.png"), bytes);
        change = () -> how.apply(file, bytes);
        keys.set(0);
        return send(way, kind.of(file, bytes), way + kind + how);
    }

    private SentMessage sendAgain(String way, Kind kind, Change how) {
        return send(way, kind.of(directory.resolve("photo.png"), OTHER), way + kind + how);
    }

    private SentMessage send(String way, Object body, String key) {
        return CAMEL.send(options(way), exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeader("CamelHh1RequestKey", key);
        });
    }

    private void isThePhotoOrNotSent(SentMessage sent, int before) {
        Exchange ended = sent.end();
        if (ended.getException() == null) {
            isThePhoto(before);
            return;
        }
        var failure = sent.failure(NotSentException.class);
        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(failure.retry()).isEqualTo(Retry.SAFE);
        assertThat(CAMEL.simulator().charges()).isEqualTo(before);
    }

    private static void isThePhoto(int before) {
        assertThat(CAMEL.simulator().charges()).isEqualTo(before + 1);
        assertThat(CAMEL.simulator().meter().get(before).image()).contains(Images.sha256(PHOTO));
    }

    private interface Call {
        void of(Kind kind, Change how, int before) throws Exception;
    }

    private static void eachKindAndChange(Call call) throws Exception {
        for (Kind kind : Kind.values()) {
            for (Change how : kind.isFile() ? Change.values() : new Change[] {Change.WRITTEN_IN_PLACE}) {
                call.of(kind, how, CAMEL.simulator().charges());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {INLINE, DIRECTORY, ENDPOINT})
    void whileItWaitsForItsPermit(String way) throws Exception {
        eachKindAndChange((kind, how, before) -> {
            int posts = CAMEL.posts();
            var gate = new CompletableFuture<Void>();
            CAMEL.simulator().script(Reply.completed().heldUntil(gate));
            SentMessage first = CAMEL.send("");
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> CAMEL.posts() > posts);
            SentMessage sent = send(way, kind, how);
            change.run();
            gate.complete(null);
            first.video();

            isThePhotoOrNotSent(sent, before + 1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {INLINE, DIRECTORY, ENDPOINT})
    void betweenPreflightAndStaging(String way) throws Exception {
        changeAtReserving = true;
        eachKindAndChange((kind, how, before) -> isThePhotoOrNotSent(send(way, kind, how), before));
    }

    @ParameterizedTest
    @ValueSource(strings = {INLINE, DIRECTORY, ENDPOINT})
    void afterStagingAndBeforeItsFirstByte(String way) throws Exception {
        changeAtKey = 1;
        eachKindAndChange((kind, how, before) -> {
            send(way, kind, how).video();

            isThePhoto(before);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {INLINE, DIRECTORY, ENDPOINT})
    void betweenTwoAttempts(String way) throws Exception {
        changeAtKey = 2;
        eachKindAndChange((kind, how, before) -> {
            CAMEL.simulator().script(Reply.throttled("0"));

            send(way, kind, how).video();

            isThePhoto(before);
        });
    }

    /** Under the key that it had, as the file that it is now. */
    @ParameterizedTest
    @ValueSource(strings = {DIRECTORY, ENDPOINT})
    void andIsSafeToSendAgain(String way) throws Exception {
        changeAtReserving = true;
        send(way, Kind.FILE, Change.REPLACED).failure(NotSentException.class);

        changeAtReserving = false;
        sendAgain(way, Kind.FILE, Change.REPLACED).video();

        assertThat(CAMEL.simulator().meter()).singleElement().satisfies(charge -> assertThat(charge.image())
                .contains(Images.sha256(OTHER)));
    }

    @Test
    void whileItIsPut() throws Exception {
        whileItIsPut = () -> change.run();
        eachKindAndChange((kind, how, before) -> isThePhotoOrNotSent(send(ENDPOINT, kind, how), before));
    }

    /** Such a route may have stored anything. */
    @Test
    void andARouteDoesNotNotice() throws Exception {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:deaf")
                        .doTry()
                        .convertBodyTo(byte[].class)
                        .doCatch(Exception.class)
                        .end()
                        .setBody(exchange -> CAMEL.simulator().sampleImageUrl());
            }
        });
        send("stagingUri=direct:deaf", Kind.FILE, Change.REPLACED).video();
        changeAtReserving = true;

        for (Change how : new Change[] {Change.WRITTEN_IN_PLACE, Change.GONE}) {
            send("stagingUri=direct:deaf", Kind.FILE, how).failure(NotSentException.class);
        }

        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    /** Two messages share a staged image only if both have hashed the same content. */
    @Test
    void whileAnotherMessageSharesIt() throws Exception {
        CAMEL.restart(hh1 -> hh1.setMaxInFlight(2));
        for (Change how : Change.values()) {
            var same = new CompletableFuture<SentMessage>();
            whileItIsPut = () -> {
                whileItIsPut = () -> {};
                change.run();
                same.complete(send(ENDPOINT, PHOTO.clone(), "same" + how));
            };

            for (SentMessage sent : List.of(send(ENDPOINT, Kind.FILE, how), same.get())) {
                if (sent.end().getException() != null) {
                    sent.failure(NotSentException.class);
                }
            }
        }
        assertThat(CAMEL.simulator().meter()).isNotEmpty().allSatisfy(charge -> assertThat(charge.image())
                .contains(Images.sha256(PHOTO)));
    }
}
