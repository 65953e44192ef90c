package io.github.camelhh1.service;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.http.HttpCall;
import io.github.camelhh1.image.ImageContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON request. An image within it is read and encoded while it is sent: a 20 MB photo costs a few kilobytes of heap.
 */
public final class ImageBody implements HttpCall.Body {
    /** The place of the image in the JSON's values; as JSON text it cannot appear inside another string. */
    private static final String HERE = "\u0000image\u0000";

    private static final String HERE_IN_JSON = "\"\\u0000image\\u0000\"";

    private final byte[] before;
    private final byte[] after;
    private final @Nullable ImageContent image;

    private ImageBody(byte[] before, @Nullable ImageContent image, byte[] after) {
        this.before = before;
        this.image = image;
        this.after = after;
    }

    /** The request with a link in the place of its image, or the placeholder for its content. */
    public static GenerationRequest fields(Generation generation) {
        return generation
                .request()
                .withImage(generation.content() == null ? generation.image().title() : HERE);
    }

    /** Of a request that was made of {@link #fields}. */
    public static ImageBody of(Map<String, Object> request, @Nullable ImageContent content) {
        String json = Json.write(request);
        if (content == null) {
            return new ImageBody(utf8(json), null, new byte[0]);
        }
        int cut = json.indexOf(HERE_IN_JSON);
        return new ImageBody(
                utf8(json.substring(0, cut) + "\"data:" + content.format().contentType() + ";base64,"),
                content,
                utf8("\"" + json.substring(cut + HERE_IN_JSON.length())));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public long length() {
        long encoded = image == null ? 0 : (image.length() + 2) / 3 * 4;
        return before.length + encoded + after.length;
    }

    @Override
    public InputStream open() throws IOException {
        if (image == null) {
            return new ByteArrayInputStream(before);
        }
        return new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(before), new Base64Stream(image.open()), new ByteArrayInputStream(after))));
    }

    /** Another stream's bytes as base64 text, encoded piece by piece. */
    private static final class Base64Stream extends InputStream {
        /** A multiple of three, so that padding can only come at the end. */
        private static final int PIECE = 3 * 4096;

        private final InputStream in;
        private ByteBuffer encoded = ByteBuffer.allocate(0);

        Base64Stream(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return more() ? encoded.get() : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (!more()) {
                return length == 0 ? 0 : -1;
            }
            int taken = Math.min(length, encoded.remaining());
            encoded.get(target, offset, taken);
            return taken;
        }

        private boolean more() throws IOException {
            if (!encoded.hasRemaining()) {
                encoded = ByteBuffer.wrap(Base64.getEncoder().encode(in.readNBytes(PIECE)));
            }
            return encoded.hasRemaining();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
