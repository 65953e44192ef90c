package io.github.camelhh1.benchmarks.report;

/** A goal, and whether it was met. */
public record Goal(String text, boolean met) {
    @Override
    public String toString() {
        return (met ? "met: " : "**NOT met**: ") + text;
    }
}
