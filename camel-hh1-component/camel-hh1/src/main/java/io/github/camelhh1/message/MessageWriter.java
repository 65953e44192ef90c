package io.github.camelhh1.message;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.download.DownloadResult;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Candidate;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.text.HttpUrl;
import io.github.camelhh1.text.SignedUrl;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Writes the answers of generate, adopt and download into messages. */
public final class MessageWriter {
    private final boolean storeFullResponse;

    public MessageWriter(boolean storeFullResponse) {
        this.storeFullResponse = storeFullResponse;
    }

    /** Puts the video's link into the body, and its known properties into headers. */
    public void write(Exchange exchange, String runId, Outcome.Completed completed) {
        Message message = exchange.getMessage();
        Completion completion = completed.completion();
        NewRun asked = Objects.requireNonNull(completed.asked(), "not recorded");
        message.setBody(completion.videoUrl());
        message.setHeader(Hh1Constants.VIDEO_URL, completion.videoUrl());
        Instant expiresAt = expiresAt(completion.videoUrl());
        set(message, Hh1Constants.VIDEO_EXPIRES_AT, expiresAt);
        set(message, Hh1Constants.VIDEO_EXPIRES_AT_MILLIS, expiresAt == null ? null : expiresAt.toEpochMilli());
        message.setHeader(Hh1Constants.VIDEO_FILE_NAME, asked.videoFileName());
        set(message, Hh1Constants.IMAGE_FIXED, completed.imageFixed());
        message.setHeader(Hh1Constants.STATE, completion.state());
        set(message, Hh1Constants.KEY_SOURCE, completion.keySource());
        message.setHeader(Hh1Constants.MODEL, asked.model());
        message.setHeader(Hh1Constants.RUN_ID, runId);
        message.setHeader(Hh1Constants.REPLAYED, completed.replayed());
        message.setHeader(Hh1Constants.ATTEMPTS, completed.trace().attempts());
        message.setHeader(Hh1Constants.ELAPSED_MILLIS, completion.elapsed().toMillis());
        set(message, Hh1Constants.SECONDS, asked.seconds());
        set(message, Hh1Constants.COST, asked.cost());
        set(message, Hh1Constants.LOG_ID, completion.logId());
        set(message, Hh1Constants.RAY_ID, completion.rayId());
        set(message, Hh1Constants.CACHE_STATUS, completion.cacheStatus());
        set(message, Hh1Constants.TASK_ID, completed.trace().taskId());
        set(message, Hh1Constants.RECOVERED, completion.recovered() ? true : null);
        // Headers of an earlier download: this video is not fetched yet.
        message.removeHeader(Hh1Constants.VIDEO_SHA256);
        message.removeHeader(Hh1Constants.VIDEO_WIDTH);
        message.removeHeader(Hh1Constants.VIDEO_HEIGHT);
        message.removeHeader(Hh1Constants.VIDEO_DURATION);
        message.removeHeader(Hh1Constants.VIDEO_DURATION_MILLIS);
        if (storeFullResponse) {
            exchange.setProperty(Hh1Constants.FULL_RESPONSE, completed.trace().answer());
        }
    }

    /**
     * A late result: the video as generate answers it, or a run whose outcome is still unknown, without a body.
     *
     * @param candidates null where the service was not asked
     */
    public static void write(Exchange exchange, Run run, @Nullable List<Candidate> candidates) {
        Message message = exchange.getMessage();
        NewRun asked = run.asked();
        if (run.completion() != null) {
            new MessageWriter(false).write(exchange, run.runId(), Outcome.Completed.replay(run));
            message.setHeader(Hh1Constants.RECOVERED, true);
        } else {
            CallIds ids = run.ids();
            message.setHeader(Hh1Constants.RUN_ID, run.runId());
            message.setHeader(Hh1Constants.REASON, run.reason());
            message.setHeader(Hh1Constants.VIDEO_FILE_NAME, asked.videoFileName());
            message.setHeader(Hh1Constants.MODEL, asked.model());
            set(message, Hh1Constants.SECONDS, asked.seconds());
            set(message, Hh1Constants.COST, asked.cost());
            set(message, Hh1Constants.LOG_ID, ids.logId());
            set(message, Hh1Constants.RAY_ID, ids.rayId());
            set(message, Hh1Constants.TASK_ID, run.taskId());
            set(message, Hh1Constants.CANDIDATES, candidates);
        }
        message.setHeader(Hh1Constants.RUN_STATE, run.state().name());
        set(message, Hh1Constants.CORRELATION, asked.correlation());
    }

    /** The headers of a video that was fetched. */
    public static void write(Message message, URI link, DownloadResult.Downloaded video) {
        message.setHeader(Hh1Constants.VIDEO_URL, link.toString());
        message.setHeader(
                Hh1Constants.VIDEO_FILE_NAME, String.valueOf(video.file().getFileName()));
        message.setHeader(Hh1Constants.VIDEO_SHA256, video.sha256());
        set(message, Hh1Constants.VIDEO_WIDTH, video.movie().width());
        set(message, Hh1Constants.VIDEO_HEIGHT, video.movie().height());
        Duration duration = video.movie().duration();
        set(message, Hh1Constants.VIDEO_DURATION, duration);
        set(message, Hh1Constants.VIDEO_DURATION_MILLIS, duration == null ? null : duration.toMillis());
    }

    /** Null unless the query of the link carries an expiry. */
    public static @Nullable Instant expiresAt(String videoUrl) {
        URI link = videoUrl.indexOf('?') < 0 ? null : HttpUrl.of(videoUrl);
        return link == null ? null : SignedUrl.expiresAt(link);
    }

    /** Removes a header that an earlier call has left. */
    private static void set(Message message, String header, @Nullable Object value) {
        if (value == null) {
            message.removeHeader(header);
        } else {
            message.setHeader(header, value);
        }
    }
}
