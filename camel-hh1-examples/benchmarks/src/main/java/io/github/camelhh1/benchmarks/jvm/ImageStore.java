package io.github.camelhh1.benchmarks.jvm;

import io.github.camelhh1.Hh1Constants;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;

/** The directory that images are staged in, and the steps of routes that stage them there. */
public final class ImageStore {
    public static final Path DIRECTORY =
            Path.of("target", "benchmarks", "staged").toAbsolutePath();

    private ImageStore() {}

    static void store(Exchange exchange) throws IOException {
        String name = exchange.getMessage().getHeader(Hh1Constants.IMAGE_NAME, String.class);
        try (InputStream in = exchange.getMessage().getBody(InputStream.class)) {
            Files.copy(in, DIRECTORY.resolve(name));
        }
        exchange.getMessage().setBody("http://127.0.0.1/" + name);
    }

    static void remove(Exchange exchange) throws IOException {
        Files.delete(DIRECTORY.resolve(exchange.getMessage().getHeader(Hh1Constants.IMAGE_NAME, String.class)));
    }
}
