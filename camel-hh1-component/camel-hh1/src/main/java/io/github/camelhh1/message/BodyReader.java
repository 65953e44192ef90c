package io.github.camelhh1.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.text.CleanText;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/** Reads a body: a link, fields, a prompt, or image content. */
final class BodyReader {
    private static final int LONGEST_TEXT = 32 << 20;

    private final Spool spool;

    BodyReader(Spool spool) {
        this.spool = spool;
    }

    /**
     * Puts fields, a link or a prompt into {@code fields}, or returns image content. With {@code contentWanted} false a
     * header names the image, and a stream that can be read once only is not read.
     */
    @Nullable
    ImageContent read(Exchange exchange, RequestFields fields, boolean contentWanted) {
        Object body = exchange.getMessage().getBody();
        try {
            if (body == null || readText(body, exchange, fields)) {
                return null;
            }
            if (!contentWanted && !TextBody.begins(body)) {
                return null;
            }
            ImageContent content = content(body, exchange, fields);
            if (content != null && content.file() != null) {
                keep(content, body, exchange);
            }
            String text = content == null || isFile(body) ? null : TextBody.in(content);
            if (text != null) {
                TextBody.read(text, fields);
            }
            return contentWanted && text == null ? content : null;
        } catch (Spool.Failure e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            fields.violation(
                    "body", "it could not be read (" + CleanText.of(e.toString()) + "); nothing is left to send");
            return null;
        }
    }

    private static boolean isFile(Object body) {
        return body instanceof File || body instanceof Path || body instanceof WrappedFile;
    }

    private void keep(ImageContent spooled, Object body, Exchange exchange) {
        if (body instanceof InputStream && !(body instanceof StreamCache)) {
            // It was read to its end; the spooled file takes its place.
            exchange.getMessage().setBody(spool.body(spooled, exchange));
        } else {
            spool.keep(spooled, exchange);
        }
    }

    /** Whether the body was of the kinds that are not image content. */
    private static boolean readText(Object body, Exchange exchange, RequestFields fields) throws IOException {
        if (body instanceof CharSequence text) {
            TextBody.read(text.toString(), fields);
        } else if (body instanceof URI || body instanceof URL) {
            TextBody.readLink(body, fields);
        } else if (body instanceof Map<?, ?> map) {
            TextBody.readFields(map, fields);
        } else if (body instanceof ObjectNode object) {
            TextBody.readFields(object, fields);
        } else if (body instanceof GenerationRequest request) {
            TextBody.readFields(request.fields(), fields);
        } else if (body instanceof Reader reader) {
            String text = drain(reader);
            exchange.getMessage().setBody(text);
            TextBody.read(text, fields);
        } else {
            return false;
        }
        return true;
    }

    private static String drain(Reader reader) throws IOException {
        var text = new StringBuilder();
        char[] piece = new char[8192];
        for (int read = reader.read(piece); read >= 0; read = reader.read(piece)) {
            text.append(piece, 0, read);
            if (text.length() > LONGEST_TEXT) {
                throw new IOException("it is longer than " + LONGEST_TEXT + " characters");
            }
        }
        return text.toString();
    }

    private @Nullable ImageContent content(Object body, Exchange exchange, RequestFields fields) throws IOException {
        if (body instanceof WrappedFile<?> wrapped) {
            return wrapped(wrapped, exchange, fields);
        } else if (body instanceof File file) {
            return ImageContent.of(file.toPath());
        } else if (body instanceof Path path) {
            return ImageContent.of(path);
        } else if (body instanceof byte[] bytes) {
            return ImageContent.of(bytes);
        } else if (body instanceof ByteBuffer buffer) {
            return ImageContent.of(buffer);
        } else if (body instanceof StreamCache cache) {
            return cached(cache, exchange);
        }
        return stream(body, exchange, fields);
    }

    private @Nullable ImageContent wrapped(WrappedFile<?> wrapped, Exchange exchange, RequestFields fields)
            throws IOException {
        if (wrapped.getFile() instanceof File file) {
            return ImageContent.of(file.toPath());
        }
        // A remote file: its content was fetched into the body, or is streamed as the body.
        Object inner = wrapped.getBody();
        return inner == null || inner == wrapped ? stream(wrapped, exchange, fields) : content(inner, exchange, fields);
    }

    /** Reads the cache from its start and leaves it there. */
    private ImageContent cached(StreamCache cache, Exchange exchange) throws IOException {
        cache.reset();
        try {
            InputStream in = cache instanceof InputStream stream
                    ? stream
                    : exchange.getContext().getTypeConverter().mandatoryConvertTo(InputStream.class, exchange, cache);
            return spool.spool(in);
        } catch (NoTypeConversionAvailableException e) {
            throw new IOException(
                    "a stream cache that is no stream: " + cache.getClass().getName(), e);
        } finally {
            cache.reset();
        }
    }

    private @Nullable ImageContent stream(Object body, Exchange exchange, RequestFields fields) throws IOException {
        boolean scalar = body instanceof Number || body instanceof Boolean;
        InputStream in = scalar
                ? null
                : exchange.getContext().getTypeConverter().tryConvertTo(InputStream.class, exchange, body);
        if (in == null) {
            fields.violation(
                    "body",
                    "a " + body.getClass().getName() + " is neither an image nor a request;"
                            + " send a URL, image content, a JSON object or a prompt");
            return null;
        }
        try (in) {
            return spool.spool(in);
        }
    }
}
