package io.github.camelhh1.benchmarks.jvm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Fields become JSON text. */
public final class WriteJson implements Processor {
    private final ObjectMapper json = new ObjectMapper();

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        exchange.getMessage()
                .setBody(json.writeValueAsString(exchange.getMessage().getBody()));
    }
}
