package io.github.camelhh1.examples.s3pipeline.route;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.s3pipeline.Console;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** There is a link to the video now. */
record TellGenerated(Console console) implements Processor {

    @Override
    public void process(Exchange exchange) {
        boolean replayed = exchange.getMessage().getHeader(Hh1Constants.REPLAYED, false, Boolean.class);
        console.photo(S3Headers.key(exchange), replayed ? "paid before, downloading" : "generated, downloading");
    }
}
