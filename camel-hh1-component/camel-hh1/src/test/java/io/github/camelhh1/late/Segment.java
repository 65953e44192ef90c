package io.github.camelhh1.late;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@link LateProxy} read from a connection at once.
 *
 * @param connection counts from 1
 * @param request whether it goes to the server; otherwise it is an answer
 */
record Segment(int connection, boolean request, String text) {

    private static final Pattern RUN_ID = Pattern.compile("(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])");

    static Segment of(int connection, boolean request, byte[] bytes, int length) {
        return new Segment(connection, request, new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The run that it changes; null when it changes none. */
    String run() {
        if (!changesRun()) {
            return null;
        }
        Matcher id = RUN_ID.matcher(text);
        while (id.find()) {
            if (!id.group().equals(LateService.ACCOUNT)) {
                return id.group();
            }
        }
        return null;
    }

    /** Whether what it says, or what was said before it, is there for others once the server has done it. */
    boolean takesEffect() {
        return changesRun() || request && text.contains("COMMIT");
    }

    /** Whether it is a statement that changes a run. The driver must send the text of each statement. */
    boolean changesRun() {
        return request
                && (text.contains("insert into hh1_run")
                        || text.contains("update hh1_run")
                        || text.contains("delete from hh1_run"));
    }
}
