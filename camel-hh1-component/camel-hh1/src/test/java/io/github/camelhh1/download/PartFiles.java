package io.github.camelhh1.download;

/** The method at which a debugger in another process stops, while a video's file gets its name. */
public final class PartFiles {
    private PartFiles() {}

    public static String className() {
        return PartFile.class.getName();
    }
}
