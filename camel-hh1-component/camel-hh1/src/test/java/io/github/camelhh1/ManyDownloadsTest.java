package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.download.RawHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand calls may be in flight; as many videos at once would not fit into memory. */
class ManyDownloadsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MOST = 64;

    @TempDir
    Path directory;

    private final CamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void sixtyFourVideosAreFetchedAtOnceAndTheOthersWait() throws Exception {
        try (RawHost host = new RawHost()) {
            host.answersThenStalls("/v.mp4", "200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 1000", new byte[8]);
            var hh1 = new Hh1Component(context);
            hh1.setMaxInFlight(1000);
            hh1.getConfiguration().setAllowPrivateHosts(true);
            context.addComponent("hh1", hh1);
            context.start();
            var template = context.createProducerTemplate();

            var begun = new ArrayList<Future<Object>>();
            for (int i = 0; i < 2 * MOST; i++) {
                begun.add(template.asyncSendBody("hh1:download?downloadDirectory=" + directory, host.url("/v.mp4")));
            }

            await().atMost(LIMIT).until(() -> host.requests.size() == MOST);
            await().during(Duration.ofSeconds(1)).atMost(LIMIT).until(() -> host.requests.size() == MOST);
            assertThat(host.connections).hasValue(MOST);
            assertThat(begun).noneMatch(Future::isDone);
        }
    }
}
