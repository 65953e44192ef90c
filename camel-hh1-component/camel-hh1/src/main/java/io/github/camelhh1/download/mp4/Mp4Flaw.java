package io.github.camelhh1.download.mp4;

/** What is wrong with a file that should be a video. The sentence can be shown. */
public final class Mp4Flaw extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean cut;

    private Mp4Flaw(String message, boolean cut) {
        // Without a stack trace: it is a verdict on the file, and the file's author must not make it dear.
        super(message, null, false, false);
        this.cut = cut;
    }

    static Mp4Flaw foreign(String message) {
        return new Mp4Flaw(message, false);
    }

    static Mp4Flaw cut(String message) {
        return new Mp4Flaw(message, true);
    }

    /** Whether more bytes at its end could mend it. */
    public boolean isCut() {
        return cut;
    }
}
