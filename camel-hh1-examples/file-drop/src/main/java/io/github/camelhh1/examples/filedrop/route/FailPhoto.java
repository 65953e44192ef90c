package io.github.camelhh1.examples.filedrop.route;

import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.folder.Filing;
import io.github.camelhh1.examples.filedrop.photo.ErrorNote;
import io.github.camelhh1.examples.filedrop.photo.Photo;
import io.github.camelhh1.examples.filedrop.progress.Progress;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.Hh1Exception;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the source to {@code failed}, if it was not replaced, and writes the reason beside it. It never throws, because
 * the photo would be sent again. A late result is the exception: it is not sent, and comes again.
 */
record FailPhoto(DropFolder folder, Filing filing, Progress progress) implements Processor {
    /** Set once the photo is asked for again, since its request goes on. */
    static final String ASKED = "drop.asked";

    private static final Logger LOG = LoggerFactory.getLogger(FailPhoto.class);

    @Override
    public void process(Exchange exchange) throws IOException {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Photo photo = Photo.of(exchange);
        if (photo == null) {
            LOG.error("{} could not be read", exchange.getMessage().getHeader(Exchange.FILE_NAME), failure);
            return;
        }
        LOG.debug("{} failed", photo.name(), failure);
        if (isAnsweredForAnother(exchange, failure, photo)) {
            filing.release(photo.videoName());
            progress.goesOn(photo.name());
            return;
        }
        ErrorNote note = ErrorNote.of(exchange, failure);
        try {
            if (exchange.getProperty(RecordVideo.RECORDED) != null && !Files.exists(folder.video(photo.videoName()))) {
                Files.deleteIfExists(folder.record(photo.videoName()));
            }
            if (RecallPhoto.isLate(exchange)) {
                filing.note(photo.file(), RecallPhoto.runId(exchange), note.toString());
            } else if (!filing.toFailed(photo.source(), note.toString())) {
                progress.replaced(photo.name());
            }
        } catch (IOException e) {
            if (RecallPhoto.isLate(exchange)) {
                throw e;
            }
            filing.letAlone(photo.file());
            LOG.error("{} cannot be moved to failed, and is let alone until the next start. {}", photo.file(), note, e);
        }
        filing.release(photo.videoName());
        progress.failed(photo.name(), note.reason());
    }

    /** The photo was asked for again, as its request goes on, and the answer is to the file that lies there now. */
    private static boolean isAnsweredForAnother(Exchange exchange, Throwable failure, Photo photo) {
        return exchange.getProperty(ASKED) != null
                && failure instanceof Hh1Exception hh1
                && hh1.billing() == Billing.NOT_BILLED
                && !RecallPhoto.isLate(exchange)
                && !isInPlace(photo);
    }

    private static boolean isInPlace(Photo photo) {
        try {
            return photo.source().isInPlace();
        } catch (IOException e) {
            return false;
        }
    }
}
