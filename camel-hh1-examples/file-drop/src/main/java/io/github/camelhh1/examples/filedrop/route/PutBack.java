package io.github.camelhh1.examples.filedrop.route;

import io.github.camelhh1.examples.filedrop.folder.Filing;
import io.github.camelhh1.examples.filedrop.photo.Photo;
import io.github.camelhh1.examples.filedrop.progress.Progress;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The program stops before this photo was sent: as if it had never been looked at. */
record PutBack(Filing filing, Progress progress) implements Processor {

    @Override
    public void process(Exchange exchange) {
        Photo photo = Photo.of(exchange);
        filing.release(photo.videoName());
        progress.putBack(photo.name());
    }
}
