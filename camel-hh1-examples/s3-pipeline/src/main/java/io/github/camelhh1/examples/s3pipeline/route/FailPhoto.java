package io.github.camelhh1.examples.s3pipeline.route;

import io.github.camelhh1.examples.s3pipeline.Console;
import io.github.camelhh1.examples.s3pipeline.s3.PhotoBucket;
import io.github.camelhh1.examples.s3pipeline.s3.VideoBucket;
import io.github.camelhh1.failure.VideoExpiredException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Moves the photo to {@code failed/}, and writes the reason beside it. */
record FailPhoto(PhotoBucket photos, VideoBucket videos, Console console) implements Processor {
    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String key = S3Headers.key(exchange);
        String etag = S3Headers.etag(exchange);
        if (failure instanceof VideoExpiredException expired && isThere(exchange, expired.runId())) {
            // Put there by a program that was killed before it had moved the photo.
            photos.moveToDone(key, etag);
            console.photo(key, "done, its video was there already");
            return;
        }
        Reason reason = Reason.of(exchange, failure);
        photos.moveToFailed(key, etag, reason.runId(), reason.toString());
        console.photo(key, "failed, " + reason.line());
    }

    private boolean isThere(Exchange exchange, String runId) {
        return videos.metadata(PutVideo.key(exchange, runId))
                .map(metadata -> metadata.get(VideoMetadata.RUN))
                .filter(runId::equals)
                .isPresent();
    }
}
