package io.github.camelhh1.message;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.SafeCopyProperty;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that a stream and its copies read, and how long it lives. A temporary one leaves its directory when the last
 * exchange completes that is known to hold it.
 *
 * <p>Some hold it without saying so, beyond that moment: an aggregator keeps copies of exchanges that are complete by
 * then, an enricher and the caller of a {@code ProducerTemplate} take the body of one. For them the file is opened
 * before its name goes, and its space follows when the last of their streams is no longer reachable.
 */
final class HeldFile {
    private static final String COPYING = "org.apache.camel.support.";
    private static final String ERROR_HANDLERS = "org.apache.camel.processor.errorhandler.";

    private static final String GONE = "this temporary file was deleted when the exchange that held it ended; for later"
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

    long length() throws IOException {
        return Files.size(path);
    }

    /** To be read by position only, and not to be closed if it is {@linkplain #isKept the one that was kept}. */
    synchronized FileChannel open() throws IOException {
        if (gone && kept == null) {
            throw new NoSuchFileException(path.toString(), null, GONE);
        }
        return kept != null ? kept : FileChannel.open(path, StandardOpenOption.READ);
    }

    synchronized boolean isKept(FileChannel channel) {
        return channel == kept;
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
        // A part of a split or multicast is complete before its body reaches the exchange it was split from; Camel
        // says in this property whose completion counts.
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
                // Closed by the JDK's own cleaner once nobody can reach it.
                kept = FileChannel.open(path, StandardOpenOption.READ);
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("The temporary file {} could not be deleted", path, e);
        }
    }

    /** Whether somebody waits for the exchange and may read its body once it is complete: only templates send so. */
    private static boolean readByItsCaller(Exchange exchange) {
        Endpoint from = exchange.getFromEndpoint();
        return exchange.getPattern().isOutCapable()
                || exchange.getFromRouteId() == null
                || from == null
                || from.getEndpointUri().startsWith("direct:");
    }

    /** Rides on an exchange and learns of every copy that is made of it. */
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
         * Where redelivery is on, Camel copies the exchange before each step and forgets the copy after it. That says
         * nowhere what it is for, so the caller is looked at; were it not found, space would only be freed later.
         */
        private static boolean madeForRedelivery() {
            return StackWalker.getInstance().walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                    .dropWhile(name -> name.startsWith(HeldFile.class.getName()) || name.startsWith(COPYING))
                    .findFirst()
                    .filter(name -> name.startsWith(ERROR_HANDLERS))
                    .isPresent());
        }
    }
}
