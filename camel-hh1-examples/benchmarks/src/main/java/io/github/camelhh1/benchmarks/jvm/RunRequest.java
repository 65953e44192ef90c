package io.github.camelhh1.benchmarks.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * The step that a hand-written route has before its HTTP endpoint: headers, and an image as base64 text within the
 * JSON.
 */
public record RunRequest(String key) implements Processor {
    static final String PROMPT = "push-in";
    static final String IMAGE = "https://images.example/photo.jpg";
    static final String LINKED = json(IMAGE);

    static final Map<String, Object> FIELDS =
            Map.of("model", "alibaba/hh1-i2v", "input", Map.of("image", IMAGE, "prompt", PROMPT));

    private static String json(String image) {
        return "{\"model\":\"alibaba/hh1-i2v\",\"input\":{\"image\":\"" + image + "\",\"prompt\":\"" + PROMPT + "\"}}";
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        if (message.getBody() instanceof Path image) {
            String text = Base64.getEncoder().encodeToString(Files.readAllBytes(image));
            message.setBody(json("data:image/png;base64," + text));
        }
        message.setHeader(Exchange.HTTP_METHOD, "POST");
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setHeader("Authorization", "Bearer " + key);
        message.setHeader("Accept", "application/json");
    }
}
