package io.github.camelhh1.examples.s3pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.examples.s3pipeline.s3.LocalS3;
import io.github.camelhh1.examples.s3pipeline.s3.S3Place;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.VideoReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The whole pipeline at work between two buckets of its own, against a simulator that the test scripts. */
final class PipelineFixture implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final Hh1Simulator simulator = Hh1Simulator.builder().rendering(false).start();
    final S3Place place;
    final Settings settings;
    private final Map<String, String> overrides = new HashMap<>();
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    final Console console = new Console(new PrintStream(terminal, true));
    private Pipeline pipeline;

    PipelineFixture(LocalS3 server, Path directory, String routes) throws Exception {
        S3Place all = server.place();
        int number = NUMBER.incrementAndGet();
        place = new S3Place(all.endpoint(), all.region(), all.credentials(), "photos-" + number, "videos-" + number);
        settings = new Settings("cloudflare", Optional.of(place), routes, directory);
        overrides.putAll(impatient(simulator));
        pipeline = new Pipeline(settings, place, console, overrides);
        s3().createBucket(bucket -> bucket.bucket(place.in()));
        s3().createBucket(bucket -> bucket.bucket(place.out()));
    }

    static Map<String, String> impatient(Hh1Simulator simulator) {
        return Map.of(
                "pipeline.poll",
                "50",
                "camel.component.hh1.backend",
                "cloudflare",
                "camel.component.hh1.baseUrl",
                simulator.baseUrl(),
                "camel.component.hh1.accountId",
                simulator.account(),
                "camel.component.hh1.apiKey",
                simulator.apiKey(),
                "camel.component.hh1.lookup",
                "false",
                "camel.component.hh1.allowPrivateHosts",
                "true");
    }

    /** A line of application.properties, for the next start. */
    PipelineFixture with(String property, String value) {
        overrides.put(property, value);
        return this;
    }

    /** From now on videos are longer than a part, which is as small as S3 takes it. */
    byte[] longVideo() throws IOException {
        byte[] video = Photos.paddedVideo(6 << 20);
        simulator.scriptVideo(VideoReply.content("video/mp4", video), VideoReply.content("video/mp4", video));
        with("pipeline.part-size", String.valueOf(5 << 20));
        return video;
    }

    PipelineFixture start() throws Exception {
        pipeline.close();
        pipeline = new Pipeline(settings, place, console, overrides);
        pipeline.main().start();
        return this;
    }

    void stop() {
        pipeline.main().stop();
    }

    /** As S3 tells it through SQS, each time in a message of its own. */
    void tell(String json) throws Exception {
        Map<String, Object> headers = Map.of(
                "CamelAwsSqsMessageId", UUID.randomUUID().toString(),
                "CamelAwsSqsReceiptHandle", UUID.randomUUID().toString());
        pipeline.main().getCamelTemplate().sendBodyAndHeaders("direct:events", json, headers);
    }

    S3Client s3() {
        return pipeline.s3();
    }

    void put(String key, byte[] content, Map<String, String> metadata) {
        s3().putObject(put -> put.bucket(place.in()).key(key).metadata(metadata), RequestBody.fromBytes(content));
    }

    /** Moves a photo back, as a person does after a failure, or to get another video. */
    void moveBack(String from, String key) {
        s3().copyObject(copy -> copy.sourceBucket(place.in())
                .sourceKey(from + "/" + key)
                .destinationBucket(place.in())
                .destinationKey(key));
        s3().deleteObject(delete -> delete.bucket(place.in()).key(from + "/" + key));
    }

    List<String> photos() {
        return keys(place.in());
    }

    List<String> videos() {
        return keys(place.out());
    }

    private List<String> keys(String bucket) {
        return s3().listObjectsV2(list -> list.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    Map<String, String> metadata(String video) {
        return s3().headObject(head -> head.bucket(place.out()).key(video)).metadata();
    }

    byte[] content(String video) {
        return s3().getObjectAsBytes(get -> get.bucket(place.out()).key(video)).asByteArray();
    }

    String reason(String photo) {
        return s3().getObjectAsBytes(get -> get.bucket(place.in()).key("failed/" + photo + ".txt"))
                .asString(StandardCharsets.UTF_8);
    }

    /** Until these, and no others, lie in the bucket of photos. */
    void awaitPhotos(String... keys) {
        await(() -> assertThat(photos()).as(terminal()).containsExactlyInAnyOrder(keys));
    }

    /** The key of a photo, once there is such a one. */
    String awaitPhoto(Predicate<String> key) {
        await(() -> assertThat(photos()).anyMatch(key));
        return photos().stream().filter(key).findFirst().orElseThrow();
    }

    void await(ThrowingRunnable assertion) {
        Awaitility.await().atMost(LIMIT).ignoreExceptions().untilAsserted(assertion);
    }

    String terminal() {
        return terminal.toString(StandardCharsets.UTF_8);
    }

    /** As time does. */
    void expireLinks() throws SQLException {
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + settings.directory() + "/hh1.db");
                Statement statement = ledger.createStatement()) {
            statement.execute("update hh1_run set video_url ="
                    + " substr(video_url, 1, instr(video_url, '?')) || 'Expires=1000000000'");
        }
    }

    @Override
    public void close() throws IOException {
        pipeline.close();
        simulator.close();
    }
}
