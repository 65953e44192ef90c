package io.github.camelhh1.download;

import io.github.camelhh1.download.mp4.Movie;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How a download ended. The reasons can be shown: they hold no query string of the link. */
public sealed interface DownloadResult {

    /**
     * The whole video is in its file.
     *
     * @param contentType as the server called it; null when it did not
     * @param sha256 of the file, in lower-case hexadecimal
     */
    record Downloaded(Path file, long length, @Nullable String contentType, String sha256, Movie movie)
            implements DownloadResult {}

    /** The server refused a link whose own signature says that its time is over. */
    record Expired(String reason, int status) implements DownloadResult {}

    /**
     * Nothing was kept; trying again may work.
     *
     * @param status what the server answered with last; null when it did not
     */
    record Failed(
            String reason,
            @Nullable Throwable cause,
            @Nullable Integer status) implements DownloadResult {}

    /** The URL, or what it redirects to, is not one to be fetched. Trying again does not help. */
    record Refused(String reason) implements DownloadResult {}
}
