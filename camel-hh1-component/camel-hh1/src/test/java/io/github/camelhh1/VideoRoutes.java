package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.message.FileStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Routes that take a temporary video as {@code hh1:download} gives it, and note what they read of it. */
public abstract class VideoRoutes {
    public static final String IN = "seda:in?pollTimeout=20";
    public static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    public Path directory;

    public final CamelContext context = new DefaultCamelContext();
    public final AtomicInteger videos = new AtomicInteger();
    public final ConcurrentLinkedQueue<String> read = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        context.stop();
    }

    String content(int number) {
        return ("video " + number + " ").repeat(5_000);
    }

    /** Does the last step of {@code hh1:download}. */
    void download(Exchange exchange) throws IOException {
        int number = videos.incrementAndGet();
        Path file = Files.writeString(directory.resolve("video-" + number + ".mp4"), content(number));
        exchange.getMessage().setBody(FileStream.temporary(file, exchange));
    }

    void readWhole(Exchange exchange) {
        read.add(exchange.getMessage().getBody(String.class));
    }

    public abstract class Route extends RouteBuilder {
        @Override
        public void configure() {
            routes();
        }

        abstract void routes();
    }

    void start(boolean caching, Route routes) throws Exception {
        context.setStreamCaching(caching);
        context.addRoutes(routes);
        context.start();
    }

    void send(int messages) {
        for (int i = 0; i < messages; i++) {
            context.createProducerTemplate().sendBody("seda:in?waitForTaskToComplete=Never", "go");
        }
    }

    void allWereReadAndAreGone(int readings) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(read).hasSize(readings));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(directory).isEmptyDirectory());
        assertThat(read)
                .allSatisfy(text ->
                        assertThat(text).startsWith("video ").hasSize(content(1).length()));
    }
}
