package io.github.camelhh1.examples.fleet.table;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.fleet.route.Turns;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.StreamCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The video goes into its table under the name of its run, and its photo is done in the same step. */
record StoreInTable(PhotoTable table) implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger("fleet");

    @Override
    public void process(Exchange exchange) throws IOException {
        StreamCache body = exchange.getMessage().getBody(StreamCache.class);
        String run = exchange.getMessage().getHeader(Hh1Constants.RUN_ID, String.class);
        String photo = exchange.getMessage().getHeader(Turns.PHOTO, String.class);
        try (InputStream video = (InputStream) body.copy(exchange)) {
            boolean stored = table.store(run, photo, body.length(), video);
            LOG.info("Run {}: {}, from {}", run, stored ? "stored in fleet_videos" : "was there already", photo);
        }
    }
}
