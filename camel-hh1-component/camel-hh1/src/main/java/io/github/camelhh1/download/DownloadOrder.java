package io.github.camelhh1.download;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is to be fetched, where to, under which name, within which limits. */
record DownloadOrder(URI url, Path directory, String name, DownloadLimits limits) {

    /** Null when the link does not say. */
    @Nullable
    Instant expiry() {
        return VideoLink.expiresAt(url);
    }
}
