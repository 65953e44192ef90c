package io.github.camelhh1.examples.s3pipeline.route;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/** The headers that camel-aws2-s3 sets for the photo. */
final class S3Headers {
    private S3Headers() {}

    static String key(Exchange exchange) {
        return exchange.getMessage().getHeader(AWS2S3Constants.KEY, String.class);
    }

    static String etag(Exchange exchange) {
        return exchange.getMessage().getHeader(AWS2S3Constants.E_TAG, String.class);
    }

    @SuppressWarnings("unchecked")
    static Map<String, String> metadata(Exchange exchange) {
        return exchange.getMessage().getHeader(AWS2S3Constants.METADATA, Map.of(), Map.class);
    }
}
