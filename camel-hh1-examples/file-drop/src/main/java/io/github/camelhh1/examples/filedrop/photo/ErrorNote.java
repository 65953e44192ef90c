package io.github.camelhh1.examples.filedrop.photo;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.DownloadException;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.VideoExpiredException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.StringJoiner;
import org.apache.camel.Exchange;

/** The note beside a failed photo, {@code photo.error.txt}: the reason, whether money moved, and the next step. */
public final class ErrorNote {
    /** Exchange property, set when the photo is handed to the component. */
    public static final String PROPERTY_SENT = "drop.sent";

    private final Exchange exchange;
    private final Throwable failure;
    private final Optional<Hh1Exception> told;

    private ErrorNote(Exchange exchange, Throwable failure) {
        this.exchange = exchange;
        this.failure = failure;
        this.told = failure instanceof Hh1Exception exception ? Optional.of(exception) : Optional.empty();
    }

    public static ErrorNote of(Exchange exchange, Throwable failure) {
        return new ErrorNote(exchange, failure);
    }

    /** One line for the terminal. */
    public String reason() {
        return failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getMessage().replaceAll("\\s+", " ");
    }

    public Billing billing() {
        if (told.isPresent()) {
            return told.get().billing();
        } else if (videoUrl().isPresent()) {
            return Billing.BILLED;
        }
        return exchange.getProperty(PROPERTY_SENT) == null ? Billing.NOT_BILLED : Billing.UNKNOWN;
    }

    @Override
    public String toString() {
        StringJoiner note = new StringJoiner("\n", "", "\n");
        note.add(Photo.of(exchange).name() + " did not become a video.").add("");
        note.add("What happened: " + reason());
        note.add("Money:         " + money());
        Path folder = Photo.of(exchange).file().getParent().getParent();
        note.add("What to do:    " + NextStep.after(failure, billing(), folder));
        runId().filter(id -> !id.isBlank()).ifPresent(id -> note.add("Run:           " + id));
        service().ifPresent(ids -> note.add("Service:       " + ids));
        if (failure instanceof OutcomeUnknownException unknown) {
            unknown.candidates().forEach(task -> note.add("Perhaps:       " + task.line()));
        }
        videoUrl().ifPresent(url -> note.add("Video:         " + url));
        Optional.ofNullable(exchange.getMessage().getHeader(Hh1Constants.VIDEO_EXPIRES_AT))
                .ifPresent(instant -> note.add("Link until:    " + instant));
        return note.toString();
    }

    private String money() {
        return switch (billing()) {
            case NOT_BILLED -> "nothing was paid.";
            case BILLED -> "the video was made and is billed.";
            case UNKNOWN -> "unknown. The request may have been carried out and billed.";
        };
    }

    private Optional<String> runId() {
        return told.map(Hh1Exception::runId).or(() -> Optional.ofNullable(VideoRecord.runId(exchange)));
    }

    private Optional<String> service() {
        StringJoiner ids = new StringJoiner(", ").setEmptyValue("");
        told.map(Hh1Exception::httpStatus).ifPresent(status -> ids.add("HTTP status " + status));
        told.map(Hh1Exception::code).ifPresent(code -> ids.add("code " + code));
        told.map(Hh1Exception::logId).ifPresent(id -> ids.add("log id " + id));
        told.map(Hh1Exception::rayId).ifPresent(id -> ids.add("ray id " + id));
        return Optional.of(ids.toString()).filter(text -> !text.isEmpty());
    }

    /** The whole link, signature included: the video was paid, and nothing else leads to it. */
    private Optional<String> videoUrl() {
        if (failure instanceof DownloadException download) {
            return Optional.of(download.videoUrl());
        } else if (failure instanceof VideoExpiredException) {
            return Optional.empty();
        }
        return Optional.ofNullable(exchange.getMessage().getHeader(Hh1Constants.VIDEO_URL, String.class));
    }
}
