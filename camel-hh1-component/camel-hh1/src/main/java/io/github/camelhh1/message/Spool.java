package io.github.camelhh1.message;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.text.CleanText;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.function.ThrowingSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts streams that can be read once only into private files. */
final class Spool {
    /** Five times the service's limit: a longer stream is no photo. */
    private static final long LONGEST = 100L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private final Supplier<Path> directory;

    Spool(Supplier<Path> directory) {
        this.directory = directory;
    }

    /**
     * Reads {@code in} to its end. The file stays until the caller says, by {@link #body} or {@link #keep}, how long.
     *
     * @throws IOException when it cannot be read, or is longer than any photo
     * @throws Failure when there is no place for it
     */
    ImageContent spool(InputStream in) throws IOException {
        Path file = kept(() -> Files.createTempFile(directory.get(), "image-", ".spool"));
        try (OutputStream out = new Spooling(kept(() -> Files.newOutputStream(file)))) {
            return ImageContent.copied(in, out, file);
        } catch (IOException | RuntimeException | Error e) {
            delete(file);
            throw e;
        }
    }

    /** Spooled content as a body, which lives as long as somebody holds it. */
    StreamCache body(ImageContent spooled, Exchange exchange) {
        return kept(() -> FileStream.temporary(file(spooled), exchange));
    }

    /** Spooled content lives as long as its exchange. */
    void keep(ImageContent spooled, Exchange exchange) {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                delete(file(spooled));
            }
        });
    }

    private static Path file(ImageContent spooled) {
        return Objects.requireNonNull(spooled.file(), "not spooled");
    }

    private static final class Spooling extends FilterOutputStream {
        private long length;

        Spooling(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] piece, int offset, int count) throws IOException {
            length += count;
            if (length > LONGEST) {
                throw new IOException("it is longer than " + LONGEST + " bytes");
            }
            kept(() -> {
                out.write(piece, offset, count);
                return count;
            });
        }

        @Override
        public void close() {
            kept(() -> {
                out.close();
                return true;
            });
        }
    }

    private static <T> T kept(ThrowingSupplier<T, IOException> keeping) {
        try {
            return keeping.get();
        } catch (IOException | UncheckedIOException e) {
            throw new Failure(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("Could not delete the spooled image {}: {}", file, e.toString());
        }
    }

    /** An image could not be kept until it is sent; its message is not to blame. */
    static final class Failure extends RuntimeException {

        Failure(Exception cause) {
            super(
                    "the image could not be kept in the directory of temporary files (java.io.tmpdir): "
                            + CleanText.of(cause.toString()) + "; make room there, or make it writable",
                    cause);
        }
    }
}
