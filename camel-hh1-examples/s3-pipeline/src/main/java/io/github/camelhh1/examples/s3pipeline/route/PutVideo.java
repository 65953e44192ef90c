package io.github.camelhh1.examples.s3pipeline.route;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.s3pipeline.Console;
import io.github.camelhh1.examples.s3pipeline.s3.Video;
import io.github.camelhh1.examples.s3pipeline.s3.VideoBucket;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.StreamCache;

/**
 * Puts the video into its bucket, under a name made of its request: the same photo with the same options has the same
 * name, and any other request has another. An existing object is not changed.
 */
record PutVideo(VideoBucket videos, Console console) implements Processor {
    private static final int SHORT = 12;
    /** Bytes of the photo's name. Many servers take names of 255 bytes, and need some for themselves. */
    private static final int LONGEST = 180;

    /** Where the video of this run goes. */
    static String key(Exchange exchange, String runId) {
        String name = S3Headers.key(exchange).replaceFirst("[.][^.]*$", "");
        while (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
        }
        return name + "-" + runId.substring(0, Math.min(SHORT, runId.length())) + ".mp4";
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        StreamCache body = exchange.getMessage().getBody(StreamCache.class);
        Video video = new Video(body.length(), () -> open(body, exchange));
        Map<String, String> metadata = VideoMetadata.of(exchange);
        String key = key(exchange, exchange.getMessage().getHeader(Hh1Constants.RUN_ID, String.class));
        String place = "s3://" + videos.bucket() + "/" + key;
        if (videos.put(key, video, metadata, partSize(exchange))) {
            console.photo(S3Headers.key(exchange), "done, " + place + ", " + body.length() + " bytes");
        } else if (isThere(key, metadata)) {
            console.photo(S3Headers.key(exchange), "done, " + place + " was there already");
        } else {
            throw new IOException(place + " exists and is another video, or may not be read; nothing is overwritten");
        }
    }

    private static long partSize(Exchange exchange) {
        return Long.parseLong(exchange.getContext().resolvePropertyPlaceholders("{{pipeline.part-size}}"));
    }

    private boolean isThere(String key, Map<String, String> metadata) {
        return videos.metadata(key)
                .map(found -> found.get(VideoMetadata.SHA256))
                .filter(metadata.get(VideoMetadata.SHA256)::equals)
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
