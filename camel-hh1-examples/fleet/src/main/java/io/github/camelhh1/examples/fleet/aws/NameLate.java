package io.github.camelhh1.examples.fleet.aws;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.fleet.route.Turns;
import io.github.camelhh1.examples.s3pipeline.route.Notification;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/** The photo of a run that comes late: its correlation is the object's key. */
record NameLate(String bucket) implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String key = message.getHeader(Hh1Constants.CORRELATION, "", String.class);
        message.setHeader(AWS2S3Constants.KEY, key);
        message.setHeader(Turns.PHOTO, "s3://" + bucket + "/" + key);
        // Put back on the queue, it is the photo's own message again.
        exchange.setProperty(ReadEvent.MESSAGE, ReadEvent.event(new Notification.Created(bucket, key)));
    }
}
