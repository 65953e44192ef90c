package io.github.camelhh1.examples.s3pipeline.route;

import io.github.camelhh1.examples.s3pipeline.s3.PhotoBucket;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/**
 * Makes a notification into the message that a poll of the bucket gives, so that both are the same request. The headers of
 * the notification go: the component would take the id of its queue for the id of the request, and pay for the photo
 * again at the next notification or poll. A photo that is not there any more needs no work: an earlier notification or
 * poll has found it.
 */
record FindPhoto(PhotoBucket photos) implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        var created = message.getBody(Notification.Created.class);
        message.setBody(null);
        message.removeHeaders("*");
        if (!created.bucket().equals(photos.bucket()) || !PhotoBucket.isPhoto(created.key())) {
            return;
        }
        photos.find(created.key()).ifPresent(object -> {
            message.setHeader(AWS2S3Constants.BUCKET_NAME, photos.bucket());
            message.setHeader(AWS2S3Constants.KEY, created.key());
            message.setHeader(AWS2S3Constants.E_TAG, object.eTag());
            message.setHeader(AWS2S3Constants.METADATA, object.metadata());
        });
    }
}
