package io.github.camelhh1.examples.s3pipeline.route;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.s3pipeline.Console;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/** The request for a photo: each field comes from the object's metadata, else from application.properties. */
record ReadRequest(Console console) implements Processor {
    private static final Map<String, String> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put("prompt", Hh1Constants.PROMPT);
        FIELDS.put("negative-prompt", Hh1Constants.NEGATIVE_PROMPT);
        FIELDS.put("resolution", Hh1Constants.RESOLUTION);
        FIELDS.put("duration", Hh1Constants.DURATION);
        FIELDS.put("seed", Hh1Constants.SEED);
        FIELDS.put("watermark", Hh1Constants.WATERMARK);
    }

    @Override
    public void process(Exchange exchange) {
        Map<String, String> metadata = S3Headers.metadata(exchange);
        FIELDS.forEach((field, header) -> {
            String said = metadata.get(field);
            String value = said != null
                    ? said
                    : exchange.getContext().resolvePropertyPlaceholders("{{pipeline." + field + "}}");
            if (!value.isBlank()) {
                exchange.getMessage().setHeader(header, value);
            }
        });
        // Moved back from failed/ it is another version of the same photo, and must be the same run.
        exchange.getMessage().removeHeader(AWS2S3Constants.VERSION_ID);
        exchange.getMessage().setHeader(Hh1Constants.CORRELATION, RecallPhoto.correlation(exchange));
        console.photo(S3Headers.key(exchange), "linked in place, generating");
    }
}
