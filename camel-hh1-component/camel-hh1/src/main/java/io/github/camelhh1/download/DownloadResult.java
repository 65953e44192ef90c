package io.github.camelhh1.download;

import io.github.camelhh1.text.CleanText;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How a download, or an attempt at it, ended. The reasons can be shown: they hold no query string of the link. */
public sealed interface DownloadResult {

    /**
     * The whole video is in its file.
     *
     * @param sha256 of the file, in lower-case hexadecimal
     */
    record Downloaded(Path file, long length, String sha256, Movie movie) implements DownloadResult {}

    /** The server refused a link whose own signature says that its time is over. */
    record Expired(String reason, int status) implements DownloadResult {}

    /**
     * Nothing was kept; trying again may work.
     *
     * @param status of the server's last answer; null when there was none
     * @param repeat whether this component tries again by itself
     */
    record Failed(
            String reason,
            @Nullable Throwable cause,
            @Nullable Integer status,
            Repeat repeat) implements DownloadResult {

        /** @param status 0 when no answer came */
        static Failed of(Repeat repeat, String reason, @Nullable Throwable cause, int status) {
            String why = cause == null ? reason : reason + ": " + CleanText.of(cause.toString());
            return new Failed(why, cause, status == 0 ? null : status, repeat);
        }

        /** Before a server was asked, or by a defect. */
        public static Failed of(String reason, @Nullable Throwable cause) {
            return new Failed(reason, cause, null, Repeat.NEVER);
        }
    }

    /** Whether another attempt may follow a failed one. */
    enum Repeat {
        NEVER,
        /** The server answers with something other than the video. Waiting hardly changes that. */
        A_FEW_TIMES,
        UNTIL_THE_LINK_EXPIRES
    }

    /** The URL, or the target of a redirect, must not be fetched. Trying again does not help. */
    record Refused(String reason) implements DownloadResult {}
}
