package io.github.camelhh1.examples.s3pipeline.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A notification of S3 about created objects: sent to SQS, through SNS (raw, or in its envelope), or by EventBridge.
 * Other notifications, such as a test event, name no photo.
 */
public final class Notification {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An object that was created. */
    public record Created(String bucket, String key) {}

    /** Called by the route. */
    public List<Created> photos(String notification) throws JsonProcessingException {
        JsonNode root = JSON.readTree(notification);
        if (root.path("Message").isTextual()) {
            root = JSON.readTree(root.path("Message").asText());
        }
        List<Created> photos = new ArrayList<>();
        for (JsonNode record : root.path("Records")) {
            if (record.path("eventName").asText().startsWith("ObjectCreated:")) {
                // Here, and only here, keys are written as in a form.
                String key = record.path("s3").path("object").path("key").asText();
                photos.add(new Created(
                        record.path("s3").path("bucket").path("name").asText(),
                        URLDecoder.decode(key, StandardCharsets.UTF_8)));
            }
        }
        if (root.path("detail-type").asText().equals("Object Created")) {
            JsonNode detail = root.path("detail");
            photos.add(new Created(
                    detail.path("bucket").path("name").asText(),
                    detail.path("object").path("key").asText()));
        }
        return photos;
    }
}
