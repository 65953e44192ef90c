package io.github.camelhh1.examples.filedrop.photo;

import io.github.camelhh1.examples.filedrop.folder.Original;
import io.github.camelhh1.examples.filedrop.folder.Source;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * A photo on its way through the route, kept in an exchange property.
 *
 * @param source it and its sidecars as they were read in {@code in}; two sidecars are an error
 * @param videoName base name of its video and record
 */
public record Photo(Source source, String videoName) {
    private static final String PROPERTY = "drop.photo";

    /** The photo of a late result: its name is known, and its content is not looked at. */
    public static Photo recalled(Path file, String videoName) {
        return new Photo(new Source(new Original(file, ""), List.of()), videoName);
    }

    /** The photo of this exchange. */
    public static Photo of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Photo.class);
    }

    public Photo withVideoName(String name) {
        return new Photo(source, name);
    }

    public void keepIn(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        exchange.setProperty("drop.videoName", videoName);
    }

    public Path file() {
        return source.photo().file();
    }

    public String name() {
        return file().getFileName().toString();
    }
}
