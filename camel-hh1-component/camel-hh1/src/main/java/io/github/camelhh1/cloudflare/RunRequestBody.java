package io.github.camelhh1.cloudflare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.http.HttpBody;
import io.github.camelhh1.image.ImageContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"model":…,"input":{…}}}. An image that travels inside is read and encoded while it is sent: a 20 MB photo
 * costs a few kilobytes of heap.
 */
final class RunRequestBody implements HttpBody {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Stands where the image goes; as JSON text it cannot appear inside another string. */
    private static final String HERE = "\u0000image\u0000";

    private final byte[] before;
    private final byte[] after;
    private final @Nullable ImageContent image;

    private RunRequestBody(byte[] before, @Nullable ImageContent image, byte[] after) {
        this.before = before;
        this.image = image;
        this.after = after;
    }

    static RunRequestBody of(String model, Generation generation) {
        ImageContent content = generation.content();
        String image = content == null ? generation.image().title() : HERE;
        String text = json(model, generation.request().withImage(image).fields());
        if (content == null) {
            return new RunRequestBody(utf8(text), null, new byte[0]);
        }
        String marker = JSON.getNodeFactory().textNode(HERE).toString();
        int cut = text.indexOf(marker);
        return new RunRequestBody(
                utf8(text.substring(0, cut) + "\"data:" + content.format().contentType() + ";base64,"),
                content,
                utf8("\"" + text.substring(cut + marker.length())));
    }

    private static String json(String model, Map<String, Object> fields) {
        var root = new LinkedHashMap<String, Object>();
        root.put("model", model);
        root.put("input", fields);
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts, numbers and booleans can always be written", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public long length() {
        long encoded = image == null ? 0 : (image.length() + 2) / 3 * 4;
        return before.length + encoded + after.length;
    }

    @Override
    public InputStream open() throws IOException {
        if (image == null) {
            return new ByteArrayInputStream(before);
        }
        return new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(before), new Base64Stream(image.open()), new ByteArrayInputStream(after))));
    }
}
