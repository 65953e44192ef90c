package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.Pictures;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.fixture.WatchedFile;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Row 38: a file that changes before any one of all the reads that a call makes of it. */
class ChangingImagesTest {
    private static final int LENGTH = 40_000;

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    Path directory;

    /** The content that the service would fetch, by the name of the staged image. */
    private final Map<String, byte[]> stored = new ConcurrentHashMap<>();

    private int calls;

    enum Way {
        INLINE("inlineImages=true"),
        DIRECTORY("stagingDirectory="),
        ENDPOINT("stagingUri=direct:stage"),
        FIXED_IN_A_DIRECTORY("preflight=fix&stagingDirectory="),
        FIXED_BY_AN_ENDPOINT("preflight=fix&stagingUri=direct:stage");

        private final String options;

        Way(String options) {
            this.options = options;
        }

        String options(Path directory) {
            String sample = CAMEL.simulator().sampleImageUrl();
            String served = sample.substring(0, sample.lastIndexOf('/'));
            return options.endsWith("=") ? options + directory + "&stagingBaseUrl=" + served : options;
        }

        boolean fixes() {
            return name().startsWith("FIXED");
        }
    }

    enum Change {
        REPLACED {
            @Override
            byte[] of(byte[] other) {
                return other;
            }
        },
        SHRUNK {
            @Override
            byte[] of(byte[] other) {
                return Arrays.copyOf(other, LENGTH / 2);
            }
        },
        GROWN {
            @Override
            byte[] of(byte[] other) {
                return Arrays.copyOf(other, LENGTH * 2);
            }
        },
        GONE {
            @Override
            byte[] of(byte[] other) {
                return null;
            }
        };

        abstract byte[] of(byte[] other);
    }

    @BeforeEach
    void store() {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:stage").process(exchange -> {
                    String name = exchange.getMessage().getHeader("CamelHh1ImageName", String.class);
                    exchange.getMessage()
                            .setBody(serve(name, exchange.getMessage().getBody(byte[].class)));
                });
            }
        });
        // Right before the request leaves.
        CAMEL.options(options -> options.setApiKeySupplier(() -> {
            serveDirectory();
            return TestContext.KEY;
        }));
    }

    private void serveDirectory() {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                serve(file.getFileName().toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String serve(String name, byte[] image) {
        stored.put(name, image);
        return CAMEL.simulator().serve(name, image);
    }

    /** Of one colour, the same length for all; {@code FIXED} ones are smaller than the model takes. */
    private static byte[] photo(Way way, Color colour) {
        int side = way.fixes() ? 200 : 400;
        var picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        var graphics = picture.getGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, side, side);
        return Pictures.filled(Pictures.encoded("png", picture), LENGTH);
    }

    private Exchange send(Way way, WatchedFile file) {
        String key = "call-" + ++calls;
        return CAMEL.send(way.options(directory), exchange -> {
                    exchange.getMessage().setBody(file.path());
                    exchange.getMessage().setHeader("CamelHh1RequestKey", key);
                })
                .end();
    }

    @ParameterizedTest
    @EnumSource
    void isSentAsItWasHashedOrNotAtAll(Way way) {
        byte[] red = photo(way, Color.RED);
        byte[] blue = photo(way, Color.BLUE);
        var undisturbed = new WatchedFile(red, null, 0);
        assertThat(send(way, undisturbed).getException()).isNull();
        int reads = undisturbed.reads();
        assertThat(reads).isGreaterThan(5);

        for (Change change : Change.values()) {
            for (int read = 1; read <= reads; read++) {
                int before = CAMEL.simulator().charges();
                var file = new WatchedFile(red, change.of(blue), read);
                Exchange ended = send(way, file);
                String when = change + " at read " + read;
                if (ended.getException() == null) {
                    assertThat(CAMEL.simulator().charges()).isEqualTo(before + 1);
                    isWhatWasHashed(way, file, when);
                } else {
                    isNotSent(ended.getException(), when);
                    assertThat(CAMEL.simulator().charges()).as(when).isEqualTo(before);
                }
            }
        }
    }

    private void isWhatWasHashed(Way way, WatchedFile file, String when) {
        String image =
                CAMEL.simulator().meter().get(CAMEL.simulator().charges() - 1).image();
        String hash = Images.sha256(file.firstReading());
        if (way == Way.INLINE) {
            assertThat(image).as(when).endsWith("sha256:" + hash);
            return;
        }
        byte[] fetched = stored.get(image.substring(image.lastIndexOf('/') + 1));
        if (way.fixes()) {
            assertThat(fetched).isNotNull();
            assertThat(Pictures.colour(Pictures.decoded(fetched), 0.5, 0.5))
                    .as(when)
                    .isEqualTo(Pictures.colour(Pictures.decoded(file.firstReading()), 0.5, 0.5));
        } else {
            assertThat(Images.sha256(fetched)).as(when).isEqualTo(hash);
            assertThat(image).contains(hash);
        }
    }

    private static void isNotSent(Exception failure, String when) {
        assertThat(failure).as(when).isInstanceOfAny(NotSentException.class, InvalidRequestException.class);
        assertThat(((Hh1Exception) failure).billing()).isEqualTo(Billing.NOT_BILLED);
        if (failure instanceof NotSentException notSent) {
            assertThat(notSent.retry()).isEqualTo(Retry.SAFE);
        }
    }
}
