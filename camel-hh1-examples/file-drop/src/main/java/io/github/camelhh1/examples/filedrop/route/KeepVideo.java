package io.github.camelhh1.examples.filedrop.route;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.folder.Filing;
import io.github.camelhh1.examples.filedrop.photo.Photo;
import io.github.camelhh1.examples.filedrop.photo.VideoRecord;
import io.github.camelhh1.examples.filedrop.progress.Progress;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Last step of the good way: the record beside the video, the source to {@code done}. */
record KeepVideo(DropFolder folder, Filing filing, Progress progress) implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(KeepVideo.class);

    @Override
    public void process(Exchange exchange) throws Exception {
        Photo photo = Photo.of(exchange);
        Path video = folder.out().resolve(photo.videoName() + ".mp4");
        VideoRecord.write(exchange, folder.out().resolve(photo.videoName() + ".json"));
        deleteDownload(exchange);
        try {
            filing.toDone(photo.file(), photo.sidecars());
        } catch (IOException e) {
            filing.letAlone(photo.file());
            LOG.error(
                    "The video is made, but {} cannot be moved to done: move it before the next start, or it is paid"
                            + " for again",
                    photo.file(),
                    e);
        }
        filing.release(photo.videoName());
        progress.done(photo.name(), video + length(exchange));
    }

    private void deleteDownload(Exchange exchange) {
        String begin = exchange.getProperty(VideoReady.DOWNLOAD, String.class);
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(folder.downloads(), begin + "*")) {
            for (Path copy : copies) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            LOG.warn("A copy of the video stays in {}", folder.downloads(), e);
        }
    }

    private static String length(Exchange exchange) {
        Integer seconds = exchange.getMessage().getHeader(Hh1Constants.SECONDS, Integer.class);
        return seconds == null ? "" : ", " + seconds + " s of video";
    }
}
