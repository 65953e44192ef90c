package io.github.camelhh1.simulator;

import io.github.camelhh1.simulator.wire.Answer.ConnectionEnd;
import io.github.camelhh1.simulator.wire.AnswerShape;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A planned reply to the download of a video, in place of the video. Immutable: the methods that change
 * something return a changed copy.
 */
public final class VideoReply {
    private final int status;
    private final Map<String, String> headers;
    private final byte @Nullable [] body;
    private final boolean ignoringRange;
    private final @Nullable AnswerShape shape;

    private VideoReply(
            int status,
            Map<String, String> headers,
            byte @Nullable [] body,
            boolean ignoringRange,
            @Nullable AnswerShape shape) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.ignoringRange = ignoringRange;
        this.shape = shape;
    }

    /** The video, as asked for. */
    public static VideoReply whole() {
        return new VideoReply(200, Map.of(), null, false, null);
    }

    /** A status without a body: 403, 404, 410, 500 and their like. */
    public static VideoReply status(int status) {
        return new VideoReply(status, Map.of(), new byte[0], false, null);
    }

    /** Something else than the video, under status 200. */
    public static VideoReply content(String contentType, byte[] body) {
        return new VideoReply(200, Map.of("Content-Type", contentType), body.clone(), true, null);
    }

    public static VideoReply redirect(int status, String location) {
        return status(status).header("Location", location);
    }

    /** Sends all of it with status 200, whatever range was asked for. */
    public VideoReply ignoringRange() {
        return new VideoReply(status, headers, body, true, shape);
    }

    /** Sets a response header, {@code ETag} for one, in place of the simulator's own. */
    public VideoReply header(String name, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new VideoReply(status, more, body, ignoringRange, shape);
    }

    /** Announces this length, sends what there is, and closes. */
    public VideoReply announcing(long length) {
        return shaped(AnswerShape.announcing(length));
    }

    /** Announces all, sends so many bytes of it, and closes. */
    public VideoReply cutAfter(int bytes) {
        return shaped(AnswerShape.cut(bytes, ConnectionEnd.CLOSE));
    }

    /** Announces all, sends so many bytes of it, and resets the connection. */
    public VideoReply resetAfter(int bytes) {
        return shaped(AnswerShape.cut(bytes, ConnectionEnd.RESET));
    }

    /** Announces all, sends so many bytes of it, and then nothing more. */
    public VideoReply stallingAfter(int bytes) {
        return shaped(AnswerShape.cut(bytes, ConnectionEnd.HANG));
    }

    /** Sends so many bytes at a time. */
    public VideoReply dripping(int bytes, Duration every) {
        return shaped(AnswerShape.dripping(bytes, every));
    }

    private VideoReply shaped(AnswerShape shape) {
        return new VideoReply(status, headers, body, ignoringRange, shape);
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte @Nullable [] body() {
        return body;
    }

    boolean ignoresRange() {
        return ignoringRange;
    }

    @Nullable
    AnswerShape shape() {
        return shape;
    }
}
