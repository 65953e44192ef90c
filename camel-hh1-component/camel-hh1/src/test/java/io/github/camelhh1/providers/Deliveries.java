package io.github.camelhh1.providers;

import io.github.camelhh1.failure.OutcomeUnknownException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.MessageHelper;

/** Sends the messages of a consumer through {@code hh1:generate}, and keeps the results. */
final class Deliveries extends RouteBuilder {
    private final String from;
    private final String options;
    private final List<Map<String, Object>> videos = new CopyOnWriteArrayList<>();
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();

    Deliveries(String from, String options) {
        this.from = from;
        this.options = options;
    }

    @Override
    public void configure() {
        from(from)
                .doTry()
                .to("hh1:generate?" + options)
                .process(exchange ->
                        videos.add(new HashMap<>(exchange.getMessage().getHeaders())))
                .doCatch(OutcomeUnknownException.class)
                .process(this::read)
                .process(this::read)
                .end();
    }

    /** As any step of a route would. */
    private void read(Exchange exchange) {
        MessageHelper.resetStreamCache(exchange.getMessage());
        bodies.add(exchange.getMessage().getBody(byte[].class));
    }

    /** The headers of the messages that became videos. */
    List<Map<String, Object>> videos() {
        return videos;
    }

    /** The contents of the bodies of failed messages. Each was read twice afterwards. */
    List<byte[]> bodies() {
        return bodies;
    }
}
