package io.github.camelhh1.examples.filedrop.progress;

import java.io.PrintStream;

/** The only class that writes to standard output. */
public final class Console {
    private final PrintStream out;

    public Console(PrintStream out) {
        this.out = out;
    }

    /** One line, whatever is in the text: a file name may hold a line break or a terminal's control codes. */
    public void line(String text) {
        synchronized (out) {
            out.println(text.replaceAll("\\p{Cntrl}", "?"));
            out.flush();
        }
    }
}
