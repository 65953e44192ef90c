package io.github.camelhh1.examples.springboot;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** An HTTP service that takes photos, answers at once, and makes a video of each. */
@SpringBootApplication
public class VideoService {
    public static void main(String[] arguments) {
        SpringApplication.run(VideoService.class, arguments);
    }

    @Bean
    VideoFolder videoFolder(@Value("${videos.folder}") Path folder) throws IOException {
        return new VideoFolder(folder);
    }
}
