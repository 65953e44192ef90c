package io.github.camelhh1.message;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageContents;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streams that can be read once only, put into a private file for as long as their exchange lives. */
public final class Spool {
    /** Five times what the service takes at most: what is longer is no photo. */
    private static final long LONGEST = 100L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private final Supplier<Path> directory;

    /** Asked for the directory when there is something to put there. */
    public Spool(Supplier<Path> directory) {
        this.directory = directory;
    }

    /**
     * Reads {@code in} to its end.
     *
     * @throws IOException when it cannot be read, or is longer than any photo
     * @throws SpoolException when there is no place for it
     */
    ImageContent spool(InputStream in, Exchange exchange) throws IOException {
        Path file = file(exchange);
        try (OutputStream out = kept(() -> Files.newOutputStream(file))) {
            copy(in, out);
        }
        return ImageContents.of(file);
    }

    private Path file(Exchange exchange) {
        Path file = kept(() -> Files.createTempFile(directory.get(), "image-", ".spool"));
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                delete(file);
            }
        });
        return file;
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] piece = new byte[64 * 1024];
        long length = 0;
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            length += read;
            if (length > LONGEST) {
                throw new IOException("it is longer than " + LONGEST + " bytes");
            }
            int bytes = read;
            kept(() -> {
                out.write(piece, 0, bytes);
                return bytes;
            });
        }
    }

    private interface Keeping<T> {
        T keep() throws IOException;
    }

    private static <T> T kept(Keeping<T> keeping) {
        try {
            return keeping.keep();
        } catch (IOException | UncheckedIOException e) {
            throw new SpoolException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("Could not delete the spooled image {}: {}", file, e.toString());
        }
    }
}
