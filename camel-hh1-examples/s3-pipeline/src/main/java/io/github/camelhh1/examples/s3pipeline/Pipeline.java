package io.github.camelhh1.examples.s3pipeline;

import io.github.camelhh1.examples.s3pipeline.route.PipelineRoutes;
import io.github.camelhh1.examples.s3pipeline.route.Steps;
import io.github.camelhh1.examples.s3pipeline.s3.PhotoBucket;
import io.github.camelhh1.examples.s3pipeline.s3.S3Clients;
import io.github.camelhh1.examples.s3pipeline.s3.S3Place;
import io.github.camelhh1.examples.s3pipeline.s3.VideoBucket;
import java.io.Closeable;
import java.nio.file.Files;
import java.util.Map;
import org.apache.camel.main.Main;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Camel with the two buckets, put together; not started. */
final class Pipeline implements Closeable {
    private final Main main;
    private final S3Client client;
    private final S3Presigner presigner;
    private final PhotoBucket photos;
    private final VideoBucket videos;

    /** The overrides are lines of application.properties. */
    Pipeline(Settings settings, S3Place place, Console console, Map<String, String> overrides) throws Exception {
        Files.createDirectories(settings.directory());
        this.main = camel(settings);
        overrides.forEach(main::addOverrideProperty);
        main.addOverrideProperty("pipeline.in", place.in());
        this.client = S3Clients.client(place);
        this.presigner = S3Clients.presigner(place);
        this.photos = new PhotoBucket(client, place.in());
        this.videos = new VideoBucket(client, place.out());
        main.bind("s3Client", client);
        main.bind("s3Presigner", presigner);
        Steps.byName(photos, videos, console).forEach(main::bind);
        main.addMainListener(new StartCheck(client, place.out()));
        if (settings.routes().equals("yaml")) {
            main.configure().withRoutesIncludePattern("classpath:routes/s3-pipeline.yaml");
        } else {
            main.configure().addRoutesBuilder(new PipelineRoutes());
        }
    }

    /** Camel with application.properties, and nothing else. */
    static Main camel(Settings settings) {
        Main main = new Main();
        main.setPropertyPlaceholderLocations(
                "file:application.properties;optional=true,classpath:application.properties");
        main.addOverrideProperty("pipeline.dir", settings.directory().toString());
        main.addInitialProperty("camel.component.hh1.backend", settings.backend());
        return main;
    }

    Main main() {
        return main;
    }

    S3Client s3() {
        return client;
    }

    PhotoBucket photos() {
        return photos;
    }

    VideoBucket videos() {
        return videos;
    }

    @Override
    public void close() {
        main.stop();
        presigner.close();
        client.close();
    }
}
