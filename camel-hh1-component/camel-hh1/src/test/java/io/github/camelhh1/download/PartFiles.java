package io.github.camelhh1.download;

/** What a debugger in another process stops at while a video's file gets its name. */
public final class PartFiles {
    private PartFiles() {}

    public static String className() {
        return PartFile.class.getName();
    }
}
