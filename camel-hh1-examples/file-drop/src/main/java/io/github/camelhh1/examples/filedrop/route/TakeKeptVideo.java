package io.github.camelhh1.examples.filedrop.route;

import io.github.camelhh1.examples.filedrop.folder.Filing;
import io.github.camelhh1.examples.filedrop.photo.KeptVideos;
import io.github.camelhh1.examples.filedrop.photo.Photo;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The video has been in {@code out} since an earlier start, under a name that is the photo's again. */
record TakeKeptVideo(Filing filing, KeptVideos kept) implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        Photo photo = Photo.of(exchange);
        filing.release(photo.videoName());
        photo.withVideoName(kept.find(exchange).orElseThrow()).keepIn(exchange);
    }
}
