package io.github.camelhh1.examples.filedrop.route;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.folder.Filing;
import io.github.camelhh1.examples.filedrop.photo.KeptVideos;
import io.github.camelhh1.examples.filedrop.photo.Photo;
import io.github.camelhh1.failure.VideoExpiredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The video was fetched before. It has been in {@code out} since, under a name that is the photo's again; or its program
 * was killed, or the disk was full, before it was there, and its download is put there now.
 */
record TakeKeptVideo(DropFolder folder, Filing filing, KeptVideos kept, RecordVideo record) implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        Optional<String> name = kept.find(exchange);
        Optional<Path> download = kept.download(exchange);
        if (name.isEmpty()) {
            putInOut(download.orElseThrow(), exchange);
            return;
        }
        Photo photo = Photo.of(exchange);
        filing.release(photo.videoName());
        photo.withVideoName(name.get()).keepIn(exchange);
        if (download.isPresent()) {
            Files.deleteIfExists(download.get());
        }
    }

    private void putInOut(Path download, Exchange exchange) throws IOException {
        if (exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof VideoExpiredException expired) {
            exchange.getMessage().setHeader(Hh1Constants.RUN_ID, expired.runId());
            exchange.getMessage().setHeader(Hh1Constants.VIDEO_URL, expired.videoUrl());
        }
        exchange.getMessage().setBody(download.toFile());
        record.process(exchange);
        Files.move(download, folder.video(Photo.of(exchange).videoName()));
    }
}
