package io.github.camelhh1.download;

import io.github.camelhh1.text.CleanText;
import org.jspecify.annotations.Nullable;

/** What an attempt came to: how the download has ended if it is the last one, and whether it may be another's turn. */
record AttemptResult(DownloadResult ending, Repeat repeat) {

    enum Repeat {
        NEVER,
        /** The server is there and gives something else than the video: that hardly changes by waiting. */
        A_FEW_TIMES,
        UNTIL_THE_LINK_EXPIRES
    }

    static AttemptResult last(DownloadResult ending) {
        return new AttemptResult(ending, Repeat.NEVER);
    }

    /** @param status 0 when no answer came */
    static AttemptResult failed(Repeat repeat, String reason, @Nullable Throwable cause, int status) {
        String why = cause == null ? reason : reason + ": " + CleanText.of(cause.toString());
        return new AttemptResult(new DownloadResult.Failed(why, cause, status == 0 ? null : status), repeat);
    }
}
