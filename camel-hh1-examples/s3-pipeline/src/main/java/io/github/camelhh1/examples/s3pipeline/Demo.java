package io.github.camelhh1.examples.s3pipeline;

import io.github.camelhh1.examples.s3pipeline.s3.LocalS3;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Three photos in a bucket of an S3 server inside this JVM, until each has become a video. */
final class Demo {
    /** The photos and their metadata. */
    private static final Map<String, Map<String, String>> SAMPLES = Map.of(
            "horse.jpg",
            Map.of("prompt", "The horse gallops across the meadow, mane and tail flying", "seed", "7", "duration", "4"),
            "lighthouse.png",
            Map.of("prompt", "The beam of the lighthouse sweeps slowly over the sea", "seed", "42"),
            "tea.webp",
            Map.of());

    private Demo() {}

    /** The overrides are lines of application.properties. */
    static int run(Settings settings, Console console, Map<String, String> overrides) throws Exception {
        forgetRuns(settings.directory());
        try (LocalS3 server = LocalS3.start();
                Pipeline pipeline = new Pipeline(settings, server.place(), console, overrides)) {
            upload(pipeline);
            console.line("Three photos in s3://" + server.place().in() + ", videos made by the simulator");
            pipeline.main().start();
            while (!pipeline.photos().isEmpty()) {
                Thread.sleep(200);
            }
            new Report(pipeline.s3(), server.place().out()).print(console);
            List<Path> videos = save(pipeline, settings.directory().resolve("videos"));
            console.line("");
            videos.forEach(video -> console.line("copied to " + video));
            return videos.size() == SAMPLES.size() ? 0 : 1;
        }
    }

    /** The ledger would know the samples of the last demo, and answer with links that are dead. */
    private static void forgetRuns(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.filter(
                                path -> path.getFileName().toString().startsWith("hh1.db"))
                        .toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void upload(Pipeline pipeline) throws IOException {
        for (var sample : SAMPLES.entrySet()) {
            try (InputStream photo = Demo.class.getResourceAsStream("/samples/" + sample.getKey())) {
                pipeline.s3()
                        .putObject(
                                put -> put.bucket(pipeline.photos().bucket())
                                        .key(sample.getKey())
                                        .metadata(sample.getValue()),
                                RequestBody.fromBytes(photo.readAllBytes()));
            }
        }
    }

    /** Keeps copies of the videos, because the server and its buckets end with the program. */
    private static List<Path> save(Pipeline pipeline, Path folder) throws IOException {
        Files.createDirectories(folder);
        S3Client s3 = pipeline.s3();
        String bucket = pipeline.videos().bucket();
        List<Path> files = s3.listObjectsV2(list -> list.bucket(bucket)).contents().stream()
                .map(object -> folder.resolve(object.key()))
                .toList();
        for (Path file : files) {
            Files.deleteIfExists(file);
            s3.getObject(get -> get.bucket(bucket).key(file.getFileName().toString()), file);
        }
        return files;
    }
}
