package io.github.camelhh1.examples.springboot;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/** An HTTP service that takes photos, answers at once, and makes a video of each. */
@SpringBootApplication
public class VideoService {
    private static final Logger LOG = LoggerFactory.getLogger(VideoService.class);

    public static void main(String[] arguments) {
        SpringApplication.run(VideoService.class, arguments);
    }

    /** For the terminal in which this service was started. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> nextSteps(
            @Value("${videos.folder}") Path folder, @Value("${videos.sample}") Path sample) {
        return ready -> LOG.info(
                """
                Ready. Send a photo from another terminal, and ask until the state is done:
                  curl -i --data-binary @{} -H 'Idempotency-Key: my-first-video' http://localhost:{}/videos
                  curl http://localhost:{}/videos/my-first-video
                Health: http://localhost:{}/actuator/health. Meters: /actuator/prometheus. Videos are kept in {}. \
                Ctrl+C stops the service.""",
                sample.normalize(),
                port(ready),
                port(ready),
                port(ready),
                folder.toAbsolutePath().normalize());
    }

    private static String port(ApplicationReadyEvent ready) {
        return ready.getApplicationContext().getEnvironment().getProperty("local.server.port");
    }

    @Bean
    VideoFolder videoFolder(@Value("${videos.folder}") Path folder, @Value("${videos.retry-delay}") Duration retryDelay)
            throws IOException {
        return new VideoFolder(folder, retryDelay);
    }
}
