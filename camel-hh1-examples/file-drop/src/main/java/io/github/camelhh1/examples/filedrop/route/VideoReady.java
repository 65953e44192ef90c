package io.github.camelhh1.examples.filedrop.route;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.photo.KeptVideos;
import io.github.camelhh1.examples.filedrop.photo.Photo;
import io.github.camelhh1.examples.filedrop.progress.GrowingVideo;
import io.github.camelhh1.examples.filedrop.progress.Progress;
import io.github.camelhh1.examples.filedrop.progress.VideoLength;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The video can be fetched; gives the download a name, so that its growth can be watched, and a later start finds it. */
final class VideoReady implements Processor {
    /** Exchange property: the beginning of the downloaded file's name. */
    static final String DOWNLOAD = "drop.download";

    private final DropFolder folder;
    private final KeptVideos kept;
    private final Progress progress;
    private final VideoLength length = new VideoLength();

    VideoReady(DropFolder folder, KeptVideos kept, Progress progress) {
        this.folder = folder;
        this.kept = kept;
        this.progress = progress;
    }

    @Override
    public void process(Exchange exchange) {
        Photo photo = Photo.of(exchange);
        String link = exchange.getMessage().getHeader(Hh1Constants.VIDEO_URL, String.class);
        String download = kept.begin(exchange);
        exchange.setProperty(DOWNLOAD, download);
        exchange.getMessage().setHeader(Hh1Constants.VIDEO_FILE_NAME, download + ".mp4");
        boolean replayed = exchange.getMessage().getHeader(Hh1Constants.REPLAYED, false, Boolean.class);
        String how = RecallPhoto.isLate(exchange) ? "recovered" : replayed ? "paid for before" : "generated";
        progress.downloading(
                photo.name(),
                how + ", downloading",
                new GrowingVideo(folder.downloads(), download, () -> length.of(link)));
    }
}
