package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.fixture.Pictures;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A staging endpoint that answers with a stream, whose end is long in coming. */
class LateStagingTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final CountDownLatch store = new CountDownLatch(1);
    private final Set<String> readers = ConcurrentHashMap.newKeySet();

    @AfterEach
    void answer() {
        store.countDown();
    }

    private InputStream slowly(String text) {
        return new FilterInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                readers.add(Thread.currentThread().getName());
                try {
                    store.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return super.read(bytes, offset, length);
            }
        };
    }

    private List<SentMessage> sendThree(String store) {
        return IntStream.range(0, 3)
                .mapToObj(i -> CAMEL.sendTo(
                        "hh1:generate?generationTimeout=600000&stagingUri=" + store,
                        exchange -> exchange.getMessage().setBody(Pictures.encoded("png", 400 + i, 400))))
                .toList();
    }

    private void holdNobodyBack(List<SentMessage> late) {
        await().untilAsserted(() -> assertThat(readers).hasSizeGreaterThanOrEqualTo(2));

        assertThat(CAMEL.send("").video()).isNotEmpty();
        assertThat(late).noneMatch(SentMessage::hasEnded);

        store.countDown();
        assertThat(late).allSatisfy(sent -> assertThat(sent.video()).isNotEmpty());
        assertThat(readers).allSatisfy(thread -> assertThat(thread).contains("hh1-staging"));
    }

    @Test
    void holdsNobodyBack() {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:store").process(exchange -> exchange.getMessage()
                        .setBody(slowly(CAMEL.simulator().sampleImageUrl())));
            }
        });

        holdNobodyBack(sendThree("direct:store"));
    }

    @Test
    void holdsNobodyBackWhenItGoesOnOnAnotherThread() {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:store").threads(1).process(exchange -> exchange.getMessage()
                        .setBody(slowly(CAMEL.simulator().sampleImageUrl())));
            }
        });

        holdNobodyBack(sendThree("direct:store"));
    }
}
