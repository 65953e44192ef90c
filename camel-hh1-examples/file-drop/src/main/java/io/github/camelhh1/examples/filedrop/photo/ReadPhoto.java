package io.github.camelhh1.examples.filedrop.photo;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.filedrop.folder.Filing;
import io.github.camelhh1.examples.filedrop.folder.Original;
import io.github.camelhh1.examples.filedrop.folder.Source;
import io.github.camelhh1.examples.filedrop.progress.Progress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** First step of the route: looks at the photo and its sidecar. The body stays the photo. */
public final class ReadPhoto implements Processor {
    private final Filing filing;
    private final Progress progress;

    public ReadPhoto(Filing filing, Progress progress) {
        this.filing = filing;
        this.progress = progress;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Path file = exchange.getMessage().getMandatoryBody(File.class).toPath();
        String videoName = filing.promise(file);
        Source source;
        try {
            // As late as can be: the component reads the photo again.
            source = Source.of(file);
        } catch (IOException e) {
            filing.release(videoName);
            throw e;
        }
        Photo photo = new Photo(source, videoName);
        photo.keepIn(exchange);
        Input.set(
                exchange,
                Sidecar.read(source.sidecars().stream().map(Original::file).toList()));
        exchange.getMessage().setHeader(Hh1Constants.REQUEST_KEY, RequestKey.of(photo, Input.of(exchange)));
        exchange.getMessage().setHeader(Hh1Constants.CORRELATION, photo.name());
        progress.sending(photo.name());
    }
}
