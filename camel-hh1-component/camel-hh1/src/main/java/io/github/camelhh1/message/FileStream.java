package io.github.camelhh1.message;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.SafeCopyProperty;
import org.apache.camel.StreamCache;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A downloaded video, or a spooled image, as a body. It can be read any number of times, from the first byte after a reset
 * or a close. One reader at a time; a {@linkplain #copy copy} is another reader of the same file.
 */
public final class FileStream extends InputStream implements StreamCache {
    private final HeldFile file;
    private final long length;
    private @Nullable Reader reader;
    private @Nullable InputStream in;

    private FileStream(HeldFile file, long length) {
        this.file = file;
        this.length = length;
    }

    /** Of a file that stays. */
    public static FileStream kept(Path path) throws IOException {
        return new FileStream(new HeldFile(path, false), Files.size(path));
    }

    /** Of a file that is deleted when {@code exchange}, and every exchange that a copy was made for, has completed. */
    public static FileStream temporary(Path path, Exchange exchange) throws IOException {
        var stream = new FileStream(new HeldFile(path, true), Files.size(path));
        stream.file.heldBy(exchange);
        return stream;
    }

    @Override
    public StreamCache copy(Exchange exchange) {
        file.heldBy(exchange);
        return new FileStream(file, length);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public long position() {
        return -1;
    }

    @Override
    public boolean inMemory() {
        return false;
    }

    @Override
    public void reset() {
        close();
    }

    @Override
    public void writeTo(OutputStream target) throws IOException {
        transferTo(target);
    }

    @Override
    public int read() throws IOException {
        return in().read();
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        return in().read(target, offset, count);
    }

    @Override
    public long skip(long count) throws IOException {
        return in().skip(count);
    }

    @Override
    public int available() throws IOException {
        return in().available();
    }

    @Override
    public void close() {
        if (reader != null) {
            file.close(reader.channel);
        }
        reader = null;
        in = null;
    }

    private InputStream in() throws IOException {
        if (in == null) {
            reader = new Reader(file.open());
            in = new BufferedInputStream(reader, 16 * 1024);
        }
        return in;
    }

    @Override
    public String toString() {
        return "FileStream[" + length + " bytes]";
    }

    /** Reads by position: readers of one channel do not disturb each other. */
    private final class Reader extends InputStream {
        private final FileChannel channel;
        private long position;

        Reader(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            int read = channel.read(ByteBuffer.wrap(target, offset, count), position);
            position += Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.max(0, Math.min(count, length - position));
            position += skipped;
            return skipped;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, Math.max(0, length - position));
        }
    }

    /**
     * The file that a stream and its copies read, and its life. A temporary file is deleted when the last exchange that is
     * known to hold it completes.
     *
     * <p>Some holders are not known, and read later: an aggregator keeps copies of exchanges that are complete by then; an
     * enricher and the caller of a {@code ProducerTemplate} take the body of one. For them the file is opened before it is
     * deleted, and its space is freed when the last of their streams is no longer reachable.
     */
    private static final class HeldFile {
        private static final String GONE =
                "this temporary file was deleted when the exchange that held it ended; for later"
                        + " use set downloadDirectory, or convert the body to byte[] before the exchange ends";

        private static final Logger LOG = LoggerFactory.getLogger(HeldFile.class);

        private final Path path;
        private final boolean temporary;
        private final String mark;
        private int holders;
        private int unknownHolders;
        private boolean handedBack;
        private boolean gone;
        private @Nullable FileChannel kept;

        HeldFile(Path path, boolean temporary) {
            this.path = path;
            this.temporary = temporary;
            this.mark = "CamelHh1HeldFile:" + path;
        }

        /** To be read by position only: readers may share it. */
        synchronized FileChannel open() throws IOException {
            if (gone && kept == null) {
                throw new NoSuchFileException(path.toString(), null, GONE);
            }
            return kept != null ? kept : FileChannel.open(path, StandardOpenOption.READ);
        }

        synchronized void close(FileChannel channel) {
            if (channel != kept) {
                try {
                    channel.close();
                } catch (IOException e) {
                    LOG.debug("Nothing is lost: it was only read from", e);
                }
            }
        }

        /** The file stays at least until {@code exchange} completes. */
        void heldBy(Exchange exchange) {
            if (!temporary) {
                return;
            }
            hold(exchange);
            var completion = new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    release(done);
                }
            };
            // A part of a split or multicast completes before its body reaches the exchange that was split. This
            // property has the unit of work whose completion counts.
            var whole = exchange.getProperty(ExchangePropertyKey.STREAM_CACHE_UNIT_OF_WORK, UnitOfWork.class);
            if (whole != null && whole.getRoute() != null) {
                whole.addSynchronization(completion);
            } else {
                exchange.getExchangeExtension().addOnCompletion(completion);
            }
        }

        private synchronized void hold(Exchange exchange) {
            holders++;
            var extension = exchange.getExchangeExtension();
            Copied copied = extension.getSafeCopyProperty(mark, Copied.class);
            if (copied == null) {
                extension.setSafeCopyProperty(mark, new Copied(true));
            } else if (!copied.known) {
                copied.known = true;
                unknownHolders--;
            }
        }

        private synchronized void release(Exchange done) {
            holders--;
            handedBack |= readByItsCaller(done);
            if (holders > 0 || gone) {
                return;
            }
            gone = true;
            try {
                if (handedBack || unknownHolders > 0) {
                    // The JDK's own cleaner closes it once it is not reachable.
                    kept = FileChannel.open(path, StandardOpenOption.READ);
                }
                Files.deleteIfExists(path);
            } catch (IOException e) {
                LOG.warn("The temporary file {} could not be deleted", path, e);
            }
        }

        /** Whether a caller may read the body once the exchange is complete: only templates send so. */
        private static boolean readByItsCaller(Exchange exchange) {
            Endpoint from = exchange.getFromEndpoint();
            return exchange.getPattern().isOutCapable()
                    || exchange.getFromRouteId() == null
                    || from == null
                    || from.getEndpointUri().startsWith("direct:");
        }

        /** A property of an exchange, which Camel copies with it: so every copy is known. */
        private final class Copied implements SafeCopyProperty {
            private boolean known;

            Copied(boolean known) {
                this.known = known;
            }

            @Override
            public SafeCopyProperty safeCopy() {
                boolean known = madeForRedelivery();
                synchronized (HeldFile.this) {
                    unknownHolders += known ? 0 : 1;
                }
                return new Copied(known);
            }

            /**
             * With redelivery, Camel copies the exchange before each step and forgets the copy after it. The copy does not
             * say so, but its caller does. If the caller were not found, space would only be freed later.
             */
            private static boolean madeForRedelivery() {
                return StackWalker.getInstance().walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .dropWhile(name -> name.startsWith(HeldFile.class.getName())
                                || name.startsWith("org.apache.camel.support."))
                        .findFirst()
                        .filter(name -> name.startsWith("org.apache.camel.processor.errorhandler."))
                        .isPresent());
            }
        }
    }
}
