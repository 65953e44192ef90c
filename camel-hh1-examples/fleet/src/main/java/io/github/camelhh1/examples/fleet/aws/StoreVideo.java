package io.github.camelhh1.examples.fleet.aws;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.fleet.route.Turns;
import io.github.camelhh1.examples.s3pipeline.route.VideoMetadata;
import io.github.camelhh1.examples.s3pipeline.s3.Video;
import io.github.camelhh1.examples.s3pipeline.s3.VideoBucket;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.StreamCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The video goes to its bucket under the name of its run: a message that comes twice finds it there, and is through. */
record StoreVideo(VideoBucket videos) implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger("fleet");
    private static final long PART = 16L << 20;

    @Override
    public void process(Exchange exchange) {
        StreamCache body = exchange.getMessage().getBody(StreamCache.class);
        String run = exchange.getMessage().getHeader(Hh1Constants.RUN_ID, String.class);
        Video video = new Video(body.length(), () -> open(body, exchange));
        boolean stored = videos.put(run + ".mp4", video, VideoMetadata.of(exchange), PART);
        LOG.info(
                "Run {}: {} s3://{}/{}.mp4, from {}",
                run,
                stored ? "stored as" : "was there already as",
                videos.bucket(),
                run,
                exchange.getMessage().getHeader(Turns.PHOTO));
    }

    private static InputStream open(StreamCache body, Exchange exchange) {
        try {
            return (InputStream) body.copy(exchange);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
