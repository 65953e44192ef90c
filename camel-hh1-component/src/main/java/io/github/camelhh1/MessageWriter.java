package io.github.camelhh1;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Trace;
import io.github.camelhh1.text.SafeFileName;
import io.github.camelhh1.video.VideoLink;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** The only writer of bodies and headers. */
final class MessageWriter {
    private final String model;
    private final boolean storeFullResponse;

    MessageWriter(String model, boolean storeFullResponse) {
        this.model = model;
        this.storeFullResponse = storeFullResponse;
    }

    /** Puts the video's link where the image was, and everything known about it into headers. */
    void write(
            Exchange exchange, Reading reading, Generation generation, Outcome.Completed completed, Duration elapsed) {
        Message message = exchange.getMessage();
        Trace trace = completed.trace();
        message.setBody(completed.videoUrl());
        message.setHeader(Hh1Constants.VIDEO_URL, completed.videoUrl());
        set(message, Hh1Constants.VIDEO_EXPIRES_AT, expiresAt(completed.videoUrl()));
        message.setHeader(Hh1Constants.VIDEO_FILE_NAME, fileName(reading, generation));
        message.setHeader(Hh1Constants.STATE, completed.state());
        set(message, Hh1Constants.KEY_SOURCE, completed.keySource());
        message.setHeader(Hh1Constants.MODEL, model);
        message.setHeader(Hh1Constants.RUN_ID, generation.identity().runId());
        message.setHeader(Hh1Constants.ATTEMPTS, trace.attempts());
        message.setHeader(Hh1Constants.ELAPSED_MILLIS, elapsed.toMillis());
        set(message, Hh1Constants.SECONDS, generation.request().duration());
        set(message, Hh1Constants.LOG_ID, trace.logId());
        set(message, Hh1Constants.RAY_ID, trace.rayId());
        set(message, Hh1Constants.CACHE_STATUS, trace.cacheStatus());
        if (storeFullResponse) {
            exchange.setProperty(Hh1Constants.FULL_RESPONSE, trace.answer());
        }
    }

    /** Only a link with a query can say it. */
    private static @Nullable Instant expiresAt(String videoUrl) {
        return videoUrl.indexOf('?') < 0 ? null : VideoLink.expiresAt(URI.create(videoUrl));
    }

    /** A header of an earlier call must not pass for one of this call. */
    private static void set(Message message, String header, @Nullable Object value) {
        if (value == null) {
            message.removeHeader(header);
        } else {
            message.setHeader(header, value);
        }
    }

    private static String fileName(Reading reading, Generation generation) {
        String source = reading.sourceName() != null
                ? reading.sourceName()
                : MessageReader.nameIn(reading.request().image());
        String name = source == null ? "" : SafeFileName.baseName(source, "");
        return (name.isEmpty() ? keyName(generation.identity()) : name) + ".mp4";
    }

    private static String keyName(Identity identity) {
        return SafeFileName.baseName(identity.key(), identity.runId());
    }
}
