package io.github.camelhh1.examples.s3pipeline.route;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.s3pipeline.Console;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** There is a link to the video now. */
record TellGenerated(Console console) implements Processor {

    @Override
    public void process(Exchange exchange) {
        boolean replayed = is(exchange, Hh1Constants.REPLAYED);
        String how = is(exchange, Hh1Constants.RECOVERED) ? "recovered" : replayed ? "paid before" : "generated";
        console.photo(S3Headers.key(exchange), how + ", downloading");
    }

    private static boolean is(Exchange exchange, String header) {
        return exchange.getMessage().getHeader(header, false, Boolean.class);
    }
}
