package io.github.camelhh1.examples.s3pipeline.route;

import io.github.camelhh1.Hh1Constants;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/**
 * First step with a late result: the text that {@link ReadRequest} has given the run names its photo. The object itself is
 * not looked up: another may have its key by now.
 */
final class RecallPhoto implements Processor {

    static String correlation(Exchange exchange) {
        return S3Headers.etag(exchange) + " " + S3Headers.key(exchange);
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String[] photo =
                message.getHeader(Hh1Constants.CORRELATION, String.class).split(" ", 2);
        message.setHeader(AWS2S3Constants.E_TAG, photo[0]);
        message.setHeader(AWS2S3Constants.KEY, photo[1]);
    }
}
