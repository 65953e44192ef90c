package io.github.camelhh1.staging;

import io.github.camelhh1.image.ImageContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.jspecify.annotations.Nullable;

/** Image content as a body: of known length, opened when first read, readable any number of times. */
public final class ImageStream extends InputStream implements StreamCache {
    private final ImageContent content;
    private @Nullable InputStream in;
    private long position;
    private long mark;

    public ImageStream(ImageContent content) {
        this.content = content;
    }

    private InputStream in() throws IOException {
        InputStream open = in;
        if (open == null) {
            open = content.open();
            in = open;
            open.skipNBytes(position);
        }
        return open;
    }

    @Override
    public int read() throws IOException {
        int read = in().read();
        position += read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in().read(target, offset, length);
        position += Math.max(0, read);
        return read;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, content.length() - position);
    }

    /** The next read starts anew. */
    @Override
    public void close() throws IOException {
        mark = 0;
        goTo(0);
    }

    private void goTo(long place) throws IOException {
        InputStream open = in;
        in = null;
        position = place;
        if (open != null) {
            open.close();
        }
    }

    /** A sender may have to send it again, from the mark. */
    @Override
    public boolean markSupported() {
        return true;
    }

    @Override
    public void mark(int readLimit) {
        mark = position;
    }

    /** To the mark or, where none was set, to the start, as Camel expects. */
    @Override
    public void reset() {
        try {
            goTo(mark);
        } catch (IOException e) {
            // It was only read: nothing is lost.
        }
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream whole = content.open()) {
            whole.transferTo(out);
        }
    }

    @Override
    public StreamCache copy(Exchange exchange) {
        return new ImageStream(content);
    }

    @Override
    public boolean inMemory() {
        return false;
    }

    @Override
    public long length() {
        return content.length();
    }

    @Override
    public long position() {
        return position;
    }
}
