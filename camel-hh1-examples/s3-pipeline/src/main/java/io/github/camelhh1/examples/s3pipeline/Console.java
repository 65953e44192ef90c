package io.github.camelhh1.examples.s3pipeline;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/** The only class that writes to standard output. Safe for use by many threads. */
public final class Console {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintStream out;

    public Console(PrintStream out) {
        this.out = out;
    }

    /** One line, whatever is in the text: a key may hold a line break or a terminal's control codes. */
    public void line(String text) {
        out.println(text.replaceAll("\\p{Cntrl}", "?"));
        out.flush();
    }

    /** The result for a photo. */
    public void photo(String key, String text) {
        line(TIME.format(LocalTime.now()) + "  " + String.format("%-16s", key) + "  " + text);
    }
}
