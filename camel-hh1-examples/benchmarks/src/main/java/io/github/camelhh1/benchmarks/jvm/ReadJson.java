package io.github.camelhh1.benchmarks.jvm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** An answer becomes the link in it. */
public final class ReadJson implements Processor {
    private final ObjectMapper json = new ObjectMapper();

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        String answer = exchange.getMessage().getBody(String.class);
        exchange.getMessage()
                .setBody(json.readTree(answer).path("result").path("video").textValue());
    }
}
