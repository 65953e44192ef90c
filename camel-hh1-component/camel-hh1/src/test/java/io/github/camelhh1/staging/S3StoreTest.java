package io.github.camelhh1.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.WatchedFile;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.staging.Staging.StagedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bucket that fails halfway, asked as camel-aws2-s3 is asked. */
class S3StoreTest {
    private static final ImageContent PHOTO = ImageContent.of(new byte[] {1, 2, 3});
    private static final SharedStaging.LinkLife LIFE =
            new SharedStaging.LinkLife(Duration.ofMinutes(10), Duration.ofMinutes(15));

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Set<Object> objects = ConcurrentHashMap.newKeySet();
    private final List<Object> links = new CopyOnWriteArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private byte[] stored;
    private boolean losesAnswers;
    private boolean refusesLinks;
    private Staging staging;

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:bucket").process(S3StoreTest.this::answer);
            }
        });
        context.start();
        var images = new SharedImages(now::get, reference -> CompletableFuture.completedStage(false));
        var call = new EndpointCall(context, context.getEndpoint("direct:bucket"), Runnable::run, Runnable::run);
        var store = new S3Store("photos", "in/node/", LIFE.whole(), call);
        staging = new SharedStaging(store, images, true, LIFE, Staging.Caller.NONE);
    }

    @AfterEach
    void stop() {
        staging.close();
        context.stop();
    }

    private void answer(Exchange exchange) {
        Object key = exchange.getMessage().getHeader("CamelAwsS3Key");
        Object operation = exchange.getMessage().getHeader("CamelAwsS3Operation");
        if (operation == null) {
            store(exchange);
            objects.add(key);
            fail(losesAnswers);
        } else if (operation.equals("deleteObject")) {
            objects.remove(key);
        } else {
            fail(refusesLinks);
            links.add(key);
            exchange.getMessage().setBody("https://s3.example/" + key);
        }
    }

    /** As the client of AWS does: as many bytes as were announced, and not one more. */
    private void store(Exchange exchange) {
        long announced = exchange.getMessage().getHeader("CamelAwsS3ContentLength", Long.class);
        try (InputStream in = exchange.getMessage().getBody(InputStream.class)) {
            stored = in.readNBytes((int) announced);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fail(boolean now) {
        if (now) {
            throw new IllegalStateException("the bucket is away");
        }
    }

    private CompletableFuture<StagedImage> stage() {
        return staging.stage(PHOTO).toCompletableFuture();
    }

    @Nested
    class AnImageThatGetsNoLink {
        @Test
        void isNotLeftBehind() {
            refusesLinks = true;
            assertThat(stage()).isCompletedExceptionally();
            assertThat(objects).isEmpty();
        }

        @Test
        void isNotTakenFromWhoHasOne() {
            StagedImage first = stage().join();
            now.addAndGet(LIFE.whole().toNanos());
            refusesLinks = true;
            assertThat(stage()).isCompletedExceptionally();
            assertThat(objects).hasSize(1);
            first.release();
            assertThat(objects).isEmpty();
        }
    }

    /** Row 38: before each of the reads of its put. */
    @Nested
    class AnImageThatChanges {
        @ParameterizedTest
        @ValueSource(ints = {30_000, 20_000, 40_000})
        void isNotLinkedAndNotLeftBehind(int length) throws Exception {
            byte[] photo = new byte[30_000];
            byte[] other = new byte[length];
            Arrays.fill(other, (byte) 1);
            var undisturbed = new WatchedFile(photo, photo, 0);
            ImageContent content = ImageContent.of(undisturbed.path());
            int hashed = undisturbed.reads();
            staging.stage(content).toCompletableFuture().join().release();
            links.clear();

            for (int read = hashed + 1; read <= undisturbed.reads(); read++) {
                content = ImageContent.of(new WatchedFile(photo, other, read).path());
                var staged = staging.stage(content).toCompletableFuture();
                if (staged.isCompletedExceptionally()) {
                    assertThat(links).as("read %s", read).isEmpty();
                } else {
                    assertThat(Arrays.equals(stored, photo)).as("read %s", read).isTrue();
                    staged.join().release();
                    links.clear();
                }
                assertThat(objects).as("read %s", read).isEmpty();
            }
        }
    }

    @Nested
    class AnImageWhosePutSeemsToFail {
        @Test
        void isNotLeftBehind() {
            losesAnswers = true;
            assertThat(stage()).isCompletedExceptionally();
            assertThat(objects).isEmpty();
        }
    }

    @Nested
    class AnObjectThatIsThereAlready {
        private CompletableFuture<StagedImage> link(String key) {
            return staging.link(new RequestImage.Stored("photos", key, "e")).toCompletableFuture();
        }

        @Test
        void isLinkedUnderThePrefix() {
            assertThat(link("in/a.png").join().url()).isEqualTo("https://s3.example/in/a.png");
        }
    }
}
