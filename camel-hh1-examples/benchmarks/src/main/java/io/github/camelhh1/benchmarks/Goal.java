package io.github.camelhh1.benchmarks;

/** What must hold, and whether it did. */
record Goal(String text, boolean met) {
    @Override
    public String toString() {
        return (met ? "met: " : "**NOT met**: ") + text;
    }
}
