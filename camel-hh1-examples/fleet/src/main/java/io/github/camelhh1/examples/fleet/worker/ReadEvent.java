package io.github.camelhh1.examples.fleet.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelhh1.examples.s3pipeline.route.Notification;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;

/** The photos that a message names. */
public final class ReadEvent {
    /** The exchange property with the message as it came. */
    static final String MESSAGE = "fleetMessage";

    private static final String TEST = "\"s3:TestEvent\"";

    /** So that a failure can hand on the whole of it. */
    static void keepBody(Exchange exchange) {
        exchange.setProperty(MESSAGE, exchange.getMessage().getBody(String.class));
    }

    /** Called by the route. */
    @Handler
    public List<Notification.Created> photos(String message) {
        List<Notification.Created> photos;
        try {
            photos = new Notification().photos(message);
        } catch (JsonProcessingException e) {
            throw new UnusableMessageException("the message is no JSON, let alone an event of S3");
        }
        if (photos.isEmpty() && !message.contains(TEST)) {
            throw new UnusableMessageException("the message is no event of S3 that an object was created");
        }
        return photos;
    }
}
