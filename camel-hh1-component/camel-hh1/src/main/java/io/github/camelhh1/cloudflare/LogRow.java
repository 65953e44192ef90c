package io.github.camelhh1.cloudflare;

import io.github.camelhh1.service.Answers;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call's record in the logs of the AI Gateway.
 *
 * @param success whether the call ran, so that it is billed
 * @param own whether it is of the call that was looked for
 * @param created null where it cannot be read
 */
record LogRow(
        String id,
        boolean success,
        int status,
        boolean own,
        @Nullable Instant created) {
    /** The entry of {@code cf-aig-metadata} that holds a call's name. */
    private static final String NAME = "hh1run";

    /** The metadata that a call is sent with, so that it can be found. */
    static String metadata(String name) {
        return "{\"" + NAME + "\":\"" + name + "\"}";
    }

    /** The metadata may come as a text, as an object, or not at all. */
    static LogRow of(@Nullable Object row, String name) {
        Map<?, ?> fields = fields(row);
        int status = fields.get("status_code") instanceof Number number ? number.intValue() : 0;
        Object success = fields.get("success");
        Object metadata = fields.get("metadata");
        Map<?, ?> entries = metadata instanceof String text ? Answers.json(text) : fields(metadata);
        return new LogRow(
                String.valueOf(fields.get("id")),
                success instanceof Boolean ran ? ran : status / 100 == 2,
                status,
                name.equals(entries.get(NAME)),
                created(String.valueOf(fields.get("created_at"))));
    }

    static Map<?, ?> fields(@Nullable Object object) {
        return object instanceof Map<?, ?> fields ? fields : Map.of();
    }

    private static @Nullable Instant created(String time) {
        try {
            return Instant.parse(time);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
