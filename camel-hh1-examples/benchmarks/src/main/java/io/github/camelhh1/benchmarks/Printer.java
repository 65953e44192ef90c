package io.github.camelhh1.benchmarks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The only writer of standard output: text for people, and lines between JVMs. */
final class Printer {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Printer() {}

    static void line(String text) {
        OUT.println(text);
    }
}
