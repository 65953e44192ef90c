package io.github.camelhh1.staging;

import io.github.camelhh1.image.ImageContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.jspecify.annotations.Nullable;

/** Image content as a body: read as often as its reader likes, of known length, opened when first read. */
public final class ImageStream extends InputStream implements StreamCache {
    private final ImageContent content;
    private @Nullable InputStream in;
    private long position;

    public ImageStream(ImageContent content) {
        this.content = content;
    }

    private InputStream in() throws IOException {
        if (in == null) {
            in = content.open();
        }
        return in;
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

    /** Reading on after it starts anew. */
    @Override
    public void close() throws IOException {
        InputStream open = in;
        in = null;
        position = 0;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void reset() {
        try {
            close();
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
