package io.github.camelhh1.examples.filedrop.route;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.folder.Filing;
import io.github.camelhh1.examples.filedrop.photo.Photo;
import io.github.camelhh1.examples.filedrop.progress.Progress;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Last step after success: the video and its record are in {@code out}, the source goes to {@code done}, if it was not
 * replaced. With a late result that is the photo which failed with the run; if it cannot be moved, the run comes again.
 */
record KeepVideo(DropFolder folder, Filing filing, Progress progress) implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(KeepVideo.class);

    @Override
    public void process(Exchange exchange) throws IOException {
        Photo photo = Photo.of(exchange);
        deleteDownload(exchange);
        if (RecallPhoto.isLate(exchange)) {
            filing.settle(RecallPhoto.runId(exchange));
        } else {
            fileAsDone(photo);
        }
        filing.release(photo.videoName());
        progress.done(photo.name(), folder.video(photo.videoName()) + length(exchange));
    }

    private void fileAsDone(Photo photo) {
        try {
            if (!filing.toDone(photo.source())) {
                progress.replaced(photo.name());
            }
        } catch (IOException e) {
            filing.letAlone(photo.file());
            LOG.error(
                    "The video is made, but {} cannot be moved to done: it is tried again at the next start, and nothing"
                            + " is paid for it again",
                    photo.file(),
                    e);
        }
    }

    private void deleteDownload(Exchange exchange) {
        String begin = exchange.getProperty(VideoReady.DOWNLOAD, String.class);
        if (begin == null) {
            return;
        }
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(folder.downloads(), begin + "*")) {
            for (Path copy : copies) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            LOG.warn("A copy of the video stays in {}", folder.downloads(), e);
        }
    }

    private static String length(Exchange exchange) {
        if (exchange.getProperty(VideoReady.DOWNLOAD) == null) {
            return ", which was there already; nothing was paid again";
        }
        Integer seconds = exchange.getMessage().getHeader(Hh1Constants.SECONDS, Integer.class);
        return seconds == null ? "" : ", " + seconds + " s of video";
    }
}
