package io.github.camelhh1.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body in pieces as the socket takes it, and remembers whether the transport took any of it. Does not begin
 * after {@code sendBefore}, nor once it is forbidden. Produced by one I/O thread at a time; may be forbidden by any.
 */
final class BodyProducer implements AsyncEntityProducer {
    private static final int PIECE = 32 * 1024;

    private final HttpCall.Body body;
    private final @Nullable Long sendBefore;
    private final LongSupplier nanoTime;
    private @Nullable InputStream in;
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private volatile boolean started;
    private boolean forbidden;

    /**
     * @param sendBefore on the clock {@code nanoTime}; null for no limit
     */
    BodyProducer(HttpCall.Body body, @Nullable Long sendBefore, LongSupplier nanoTime) {
        this.body = body;
        this.sendBefore = sendBefore;
        this.nanoTime = nanoTime;
    }

    /** Whether it is too late to begin. */
    boolean isTooLate() {
        return !started && sendBefore != null && nanoTime.getAsLong() - sendBefore > 0;
    }

    /** Whether a byte was handed to the transport. */
    boolean started() {
        return started;
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        while (piece.hasRemaining() || nextPiece()) {
            // Checked last, right before the write: opening a file may take long.
            if (isTooLate()) {
                throw new HttpCall.TooLateException();
            }
            // Before, not after: a write that fails half-way has sent something.
            boolean before = begin();
            int taken = channel.write(piece);
            started = before || taken > 0;
            if (piece.hasRemaining()) {
                return;
            }
        }
        channel.endStream();
    }

    /** Keeps the body from beginning, unless it has begun. */
    synchronized void forbid() {
        forbidden = true;
    }

    /** Whether a byte was handed over before. */
    private synchronized boolean begin() throws IOException {
        boolean before = started;
        if (forbidden && !before) {
            throw new IOException("the call has ended");
        }
        started = true;
        return before;
    }

    private boolean nextPiece() throws IOException {
        if (in == null) {
            in = body.open();
        }
        if (piece.capacity() == 0) {
            piece = ByteBuffer.allocate((int) Math.min(PIECE, Math.max(1, body.length())));
        }
        int read = in.readNBytes(piece.array(), 0, piece.capacity());
        piece.position(0).limit(read);
        return read > 0;
    }

    @Override
    public int available() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public long getContentLength() {
        return body.length();
    }

    @Override
    public String getContentType() {
        return "application/json";
    }

    @Override
    public @Nullable String getContentEncoding() {
        return null;
    }

    @Override
    public boolean isChunked() {
        return false;
    }

    @Override
    public Set<String> getTrailerNames() {
        return Set.of();
    }

    @Override
    public void failed(Exception cause) {
        // The call's callback fails as well, and reports it.
    }

    @Override
    public void releaseResources() {
        piece = ByteBuffer.allocate(0);
        if (in != null) {
            try {
                in.close();
            } catch (IOException e) {
                // It was only read from: there is nothing to lose.
            }
        }
    }
}
