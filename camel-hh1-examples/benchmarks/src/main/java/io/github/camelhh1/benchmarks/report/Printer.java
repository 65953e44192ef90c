package io.github.camelhh1.benchmarks.report;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The only writer of standard output: text for people, and lines between JVMs. */
public final class Printer {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Printer() {}

    public static void line(String text) {
        OUT.println(text);
    }
}
