package io.github.camelhh1.examples.filedrop.route;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.folder.Filing;
import io.github.camelhh1.examples.filedrop.photo.Photo;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** First step with a recovered video: the run knows the name of its photo. */
record RecallPhoto(DropFolder folder, Filing filing) implements Processor {

    @Override
    public void process(Exchange exchange) {
        Path photo = photo(exchange, folder);
        Photo.recalled(photo, filing.promise(photo)).keepIn(exchange);
    }

    /** Where the photo was. Another may be there now. */
    static Path photo(Exchange exchange, DropFolder folder) {
        Path name = Path.of(exchange.getMessage().getHeader(Hh1Constants.CORRELATION, String.class));
        return folder.in().resolve(name.getFileName());
    }

    static boolean isLate(Exchange exchange) {
        return "recovered".equals(exchange.getFromRouteId());
    }

    static String runId(Exchange exchange) {
        return exchange.getMessage().getHeader(Hh1Constants.RUN_ID, String.class);
    }
}
