package io.github.camelhh1.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.StartedParts;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.converter.stream.FileInputStreamCache;
import org.apache.camel.spi.StreamCachingStrategy;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.util.FileUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies of {@code direct:} in a context that spools streams to disk. */
class SpooledStreamsTest {
    private static final byte[] PHOTO = Images.padded(1);

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    Path spool;

    enum Body {
        BYTES {
            @Override
            Object of(Exchange exchange) {
                return PHOTO.clone();
            }
        },
        STREAM,
        STREAM_CACHE {
            @Override
            Object of(Exchange exchange) throws IOException {
                return ExchangeHelper.convertToType(exchange, StreamCache.class, super.of(exchange));
            }
        };

        Object of(Exchange exchange) throws IOException {
            // Buffered: streams over bytes that lie in memory already are not spooled.
            return new BufferedInputStream(new ByteArrayInputStream(PHOTO));
        }
    }

    @BeforeEach
    void spooling() {
        StreamCachingStrategy caching = CAMEL.context().getStreamCachingStrategy();
        caching.stop();
        caching.setSpoolEnabled(true);
        caching.setSpoolDirectory(spool.toFile());
        caching.setSpoolThreshold(10_000);
        caching.start();
    }

    private static Deliveries deliver(Body body, int times) {
        var deliveries = new Deliveries("direct:photo", "inlineImages=true&prompt=p");
        CAMEL.add(deliveries);
        for (int i = 0; i < times; i++) {
            CAMEL.sendTo("direct:photo", exchange -> exchange.getMessage().setBody(body.of(exchange)))
                    .end();
        }
        return deliveries;
    }

    @ParameterizedTest
    @EnumSource
    void thePhotoArrivesWhole(Body body) {
        Deliveries deliveries = deliver(body, 2);

        assertThat(CAMEL.simulator().meter()).hasSize(2).allSatisfy(charge -> assertThat(charge.image())
                .endsWith("sha256:" + Images.sha256(PHOTO)));
        assertThat(deliveries.videos()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void thePhotoStaysUsable(Body body) {
        CAMEL.simulator().script(Fault.closeAfterRequest());

        assertThat(deliver(body, 1).bodies()).containsExactly(PHOTO, PHOTO);
    }

    /** A cleaner of temporary files does not ask who is at work. */
    @Test
    void aDirectoryThatWasRemovedIsMadeAnewForItsOwnerOnly() throws IOException {
        Path removed = StartedParts.of(CAMEL.component()).privateDirectory();
        FileUtil.removeDir(removed.toFile());

        assertThat(CAMEL.send("inlineImages=true", exchange -> exchange.getMessage()
                                .setBody(new ByteArrayInputStream(Images.png())))
                        .video())
                .isNotEmpty();

        Path made = StartedParts.of(CAMEL.component()).privateDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
    }

    @Test
    void aDirectoryThatAnotherPutInItsPlaceIsNotUsed() throws IOException {
        Path ours = StartedParts.of(CAMEL.component()).privateDirectory();
        FileUtil.removeDir(ours.toFile());
        Files.createDirectory(ours);

        assertThat(StartedParts.of(CAMEL.component()).privateDirectory()).isNotEqualTo(ours);
        Files.delete(ours);
    }

    @Test
    void aLongStreamIsReallySpooledAndNothingOfItIsLeft() throws IOException {
        CAMEL.add(new Deliveries("direct:photo", "inlineImages=true"));

        Exchange ended = CAMEL.sendTo("direct:photo", exchange -> {
                    Object cache = Body.STREAM_CACHE.of(exchange);
                    assertThat(cache).isInstanceOf(FileInputStreamCache.class);
                    exchange.getMessage().setBody(cache);
                })
                .end();
        assertThat(ended.getException()).isNull();

        await().untilAsserted(() -> assertThat(files(spool)).isEmpty());
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
