package io.github.camelhh1.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.async.ScheduledTimers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Each call and each task has timers, and there may be thousands at once. */
class ManyTimersTest {
    @Test
    void noneIsRefusedByCamelsThreadPools() throws Exception {
        try (var context = new DefaultCamelContext()) {
            context.start();
            var threads = new Threads(context.getExecutorServiceManager(), "hh1");
            var timers = new ScheduledTimers(threads.scheduler, threads.rooms);

            var all = IntStream.range(0, 20_000)
                    .mapToObj(number -> timers.after(Duration.ofHours(1)))
                    .toList();

            assertThat(all).noneMatch(CompletableFuture::isDone);
            timers.stop();
            threads.stop();
        }
    }
}
