package io.github.camelhh1.examples.fleet.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelhh1.examples.fleet.route.UnusableMessageException;
import io.github.camelhh1.examples.s3pipeline.route.Notification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;

/** The photos that a message names. */
public final class ReadEvent {
    /** The exchange property with the message as it came. */
    static final String MESSAGE = "fleetMessage";

    private static final String TEST = "\"s3:TestEvent\"";

    /** A failure can then hand on the whole message. */
    static void keepBody(Exchange exchange) {
        exchange.setProperty(MESSAGE, exchange.getMessage().getBody(String.class));
    }

    /** An event as S3 would send it. */
    static String event(Notification.Created photo) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        ObjectNode record = event.putArray("Records").addObject().put("eventName", "ObjectCreated:Put");
        ObjectNode s3 = record.putObject("s3");
        s3.putObject("bucket").put("name", photo.bucket());
        s3.putObject("object").put("key", URLEncoder.encode(photo.key(), StandardCharsets.UTF_8));
        return event.toString();
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
