package io.github.camelhh1.examples.s3pipeline.route;

import io.github.camelhh1.examples.s3pipeline.s3.PhotoBucket;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Last step after success. When it fails the photo is taken once more, and nothing is paid or overwritten. */
record FinishPhoto(PhotoBucket photos) implements Processor {

    @Override
    public void process(Exchange exchange) {
        photos.moveToDone(S3Headers.key(exchange), S3Headers.etag(exchange));
    }
}
