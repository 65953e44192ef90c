package io.github.camelhh1.examples.s3pipeline.route;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.s3pipeline.Console;
import io.github.camelhh1.examples.s3pipeline.s3.PhotoBucket;
import io.github.camelhh1.failure.Hh1Exception;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Last step with a recovered video: its photo goes from {@code failed/} to {@code done/}, and its note away. Where the
 * video cannot be fetched, the note says so. A photo at the top of the bucket is not touched: its turn comes.
 */
record FinishRecovered(PhotoBucket photos, Console console) implements Processor {

    @Override
    public void process(Exchange exchange) {
        String key = S3Headers.key(exchange);
        String run = exchange.getMessage().getHeader(Hh1Constants.RUN_ID, String.class);
        String note = photos.noteOf(key, run).orElse(PhotoBucket.ownNote(key, run));
        if (exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof Hh1Exception failure) {
            Reason reason = Reason.of(exchange, failure);
            photos.writeNote(note, reason.toString());
            console.photo(key, "failed, " + reason.line());
        } else {
            photos.settleFailed(key, S3Headers.etag(exchange), note);
        }
    }
}
