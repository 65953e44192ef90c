package io.github.camelhh1.examples.fleet.aws;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.fleet.route.Turns;
import io.github.camelhh1.examples.s3pipeline.route.VideoMetadata;
import io.github.camelhh1.examples.s3pipeline.s3.Video;
import io.github.camelhh1.examples.s3pipeline.s3.VideoBucket;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.StreamCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The video goes to its bucket under the name of its run: a message that comes twice finds it there, and is through. When
 * a forgotten run was paid again, the second video has its hash in its name.
 */
record StoreVideo(VideoBucket videos) implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger("fleet");
    private static final long PART = 16L << 20;
    private static final int SHORT = 12;

    static String key(String run) {
        return run + ".mp4";
    }

    @Override
    public void process(Exchange exchange) {
        StreamCache body = exchange.getMessage().getBody(StreamCache.class);
        String run = exchange.getMessage().getHeader(Hh1Constants.RUN_ID, String.class);
        Video video = new Video(body.length(), () -> open(body, exchange));
        Map<String, String> metadata = VideoMetadata.of(exchange);
        String sha256 = metadata.get(VideoMetadata.SHA256);
        String key = key(run);
        boolean stored = videos.put(key, video, metadata, PART);
        if (!stored && !isThere(key, sha256)) {
            key = key(run + "-" + sha256.substring(0, SHORT));
            stored = videos.put(key, video, metadata, PART);
        }
        LOG.info(
                "Run {}: {} s3://{}/{}, from {}",
                run,
                stored ? "stored as" : "was there already as",
                videos.bucket(),
                key,
                exchange.getMessage().getHeader(Turns.PHOTO));
    }

    private boolean isThere(String key, String sha256) {
        return videos.metadata(key)
                .map(found -> found.get(VideoMetadata.SHA256))
                .filter(sha256::equals)
                .isPresent();
    }

    private static InputStream open(StreamCache body, Exchange exchange) {
        try {
            return (InputStream) body.copy(exchange);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
