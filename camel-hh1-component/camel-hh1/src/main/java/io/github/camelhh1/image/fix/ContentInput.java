package io.github.camelhh1.image.fix;

import io.github.camelhh1.image.ImageContent;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.stream.ImageInputStreamImpl;
import org.jspecify.annotations.Nullable;

/**
 * Content as ImageIO reads it, through one window that moves. ImageIO's own streams keep all bytes that were read, in
 * memory or in a second file; the latter makes a system call for each byte.
 */
final class ContentInput extends ImageInputStreamImpl {
    private static final int LEAST_READS = 1 << 20;

    private final ImageContent content;
    private final byte[] window = new byte[64 * 1024];
    private long windowAt;
    private int windowLength;
    private @Nullable InputStream in;
    private long inAt;
    private long left;

    ContentInput(ImageContent content) {
        this.content = content;
        this.left = (content.length() << 2) + LEAST_READS;
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        if (!moved()) {
            return -1;
        }
        spend(1);
        return window[(int) (streamPos++ - windowAt)] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        bitOffset = 0;
        if (length == 0) {
            return 0;
        } else if (!moved()) {
            return -1;
        }
        int from = (int) (streamPos - windowAt);
        int given = Math.min(length, windowLength - from);
        spend(given);
        System.arraycopy(window, from, target, offset, given);
        streamPos += given;
        return given;
    }

    /** A picture whose parts all use the same few bytes would keep a decoder busy for hours. */
    private void spend(int bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            throw new IOException("the same bytes are decoded again and again");
        }
    }

    /** Moves the window to the next byte to be read; false at the end of the content. */
    private boolean moved() throws IOException {
        if (streamPos >= windowAt && streamPos < windowAt + windowLength) {
            return true;
        }
        InputStream stream = at(streamPos);
        windowAt = streamPos;
        windowLength = stream == null ? 0 : stream.readNBytes(window, 0, window.length);
        inAt += windowLength;
        return windowLength > 0;
    }

    /** The content from {@code place} on; null behind its end. */
    private @Nullable InputStream at(long place) throws IOException {
        if (place >= content.length()) {
            return null;
        }
        if (in == null || place < inAt) {
            shut();
            in = content.open();
            inAt = 0;
        }
        try {
            in.skipNBytes(place - inAt);
            inAt = place;
            return in;
        } catch (EOFException e) {
            throw new IOException("the content has become shorter", e);
        }
    }

    @Override
    public long length() {
        return content.length();
    }

    private void shut() throws IOException {
        if (in != null) {
            in.close();
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        shut();
    }
}
