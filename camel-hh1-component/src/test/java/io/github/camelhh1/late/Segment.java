package io.github.camelhh1.late;

import java.nio.charset.StandardCharsets;

/**
 * What a {@link LateProxy} read from a connection at once.
 *
 * @param connection counts from 1
 * @param request whether it goes to the server; otherwise it is an answer
 */
record Segment(int connection, boolean request, String text) {

    static Segment of(int connection, boolean request, byte[] bytes, int length) {
        return new Segment(connection, request, new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether it is a statement that changes a run. The driver must send the text of each statement. */
    boolean changesRun() {
        return request
                && (text.contains("insert into hh1_run")
                        || text.contains("update hh1_run")
                        || text.contains("delete from hh1_run"));
    }
}
