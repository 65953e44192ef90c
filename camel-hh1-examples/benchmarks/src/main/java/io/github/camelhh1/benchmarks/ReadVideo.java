package io.github.camelhh1.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.StreamCache;

/** Reads a downloaded video to its end, and leaves a word about it as the body. */
final class ReadVideo implements Processor {
    @Override
    public void process(Exchange exchange) throws IOException {
        StreamCache video = exchange.getMessage().getBody(StreamCache.class);
        long read = ((InputStream) video).transferTo(OutputStream.nullOutputStream());
        if (read != video.length()) {
            throw new IOException(read + " bytes were read of " + video.length());
        }
        exchange.getMessage().setBody(read + ".mp4");
    }
}
