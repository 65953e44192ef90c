package io.github.camelhh1.video;

public final class VideoLink {
    private VideoLink() {}

    public static java.time.@org.jspecify.annotations.Nullable Instant expiresAt(java.net.URI u) {
        return null;
    }
}
