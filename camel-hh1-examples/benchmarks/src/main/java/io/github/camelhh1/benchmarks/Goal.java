package io.github.camelhh1.benchmarks;

/** A goal, and whether it was met. */
record Goal(String text, boolean met) {
    @Override
    public String toString() {
        return (met ? "met: " : "**NOT met**: ") + text;
    }
}
