package io.github.camelhh1.examples.filedrop.route;

import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.folder.Filing;
import io.github.camelhh1.examples.filedrop.photo.KeptVideos;
import io.github.camelhh1.examples.filedrop.photo.Photo;
import io.github.camelhh1.examples.filedrop.photo.VideoRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The record, before its video: see {@link KeptVideos}. One that a killed program left without a video is written anew. */
record RecordVideo(DropFolder folder, Filing filing, KeptVideos kept) implements Processor {
    /** Exchange property: the record is written. */
    static final String RECORDED = "drop.recorded";

    @Override
    public void process(Exchange exchange) throws IOException {
        Optional<String> left = kept.findUnfinished(exchange).filter(name -> !filing.isPromised(name));
        if (left.isPresent()) {
            Files.delete(folder.record(left.get()));
            Photo photo = Photo.of(exchange);
            filing.release(photo.videoName());
            photo.withVideoName(filing.promise(photo.file())).keepIn(exchange);
        }
        VideoRecord.write(exchange, folder.record(Photo.of(exchange).videoName()));
        exchange.setProperty(RECORDED, true);
    }
}
