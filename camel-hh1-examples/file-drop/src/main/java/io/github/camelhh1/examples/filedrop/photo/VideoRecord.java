package io.github.camelhh1.examples.filedrop.photo;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelhh1.Hh1Constants;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;

/** The record beside a video, {@code photo.json}: its source, and the service's id of the call. */
public final class VideoRecord {
    static final String RUN_ID = "runId";
    static final String URL = "url";
    static final String BYTES = "bytes";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private VideoRecord() {}

    /** Writes the record, whole or not at all; fails rather than overwrite anything. The body is the video, or its file. */
    public static void write(Exchange exchange, Path file) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        Files.write(part, JSON.writeValueAsBytes(of(exchange)));
        Files.move(part, file);
    }

    private static Map<String, Object> of(Exchange exchange) {
        Photo photo = Photo.of(exchange);
        Message message = exchange.getMessage();
        Map<String, Object> parameters = new LinkedHashMap<>();
        Input.of(exchange).forEach((field, value) -> parameters.put(field, typed(value)));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("source", photo.name());
        all.put("video", photo.videoName() + ".mp4");
        all.put("prompt", parameters.remove("prompt"));
        all.put("parameters", parameters);
        all.put("model", message.getHeader(Hh1Constants.MODEL));
        all.put(URL, url(exchange));
        all.put(BYTES, length(message.getBody()));
        all.put(RUN_ID, runId(exchange));
        all.put("logId", message.getHeader(Hh1Constants.LOG_ID));
        all.put("seconds", message.getHeader(Hh1Constants.SECONDS));
        Long millis = message.getHeader(Hh1Constants.ELAPSED_MILLIS, Long.class);
        all.put("elapsedSeconds", millis == null ? null : millis / 1000.0);
        all.values().removeIf(value -> value == null);
        return all;
    }

    private static long length(Object video) {
        return video instanceof File file ? file.length() : ((StreamCache) video).length();
    }

    static String runId(Exchange exchange) {
        return exchange.getMessage().getHeader(Hh1Constants.RUN_ID, String.class);
    }

    static String url(Exchange exchange) {
        return withoutSignature(exchange.getMessage().getHeader(Hh1Constants.VIDEO_URL, String.class));
    }

    /** The query is a key to the video, so it does not belong into a file that people share. */
    static String withoutSignature(String url) {
        return url == null ? null : url.replaceFirst("[?#].*", "");
    }

    /** Settings are texts; the model's own types read better. */
    private static Object typed(Object value) {
        String text = value.toString();
        if (text.matches("\\d{1,9}")) {
            return Integer.valueOf(text);
        }
        return text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : value;
    }
}
