package io.github.camelhh1.message;

import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/**
 * A header of any type as text: brokers deliver bytes. An object without text of its own is no text: Camel's converters
 * would make another text of it at each delivery.
 *
 * @param text null when the header is not set, or is no text
 * @param problem null when it is not set, or is text
 */
public record HeaderText(@Nullable String text, @Nullable String problem) {
    static HeaderText of(Message message, String header) {
        Object value = message.getHeader(header);
        byte[] bytes = bytes(value);
        if (value == null) {
            return new HeaderText(null, null);
        } else if (bytes != null) {
            String decoded = decoded(bytes);
            return decoded != null
                    ? new HeaderText(decoded, null)
                    : problem(header, bytes.length + " bytes that are no UTF-8 text");
        }
        String text = converted(value, message);
        return text != null
                ? new HeaderText(text, null)
                : problem(header, "a " + value.getClass().getTypeName() + ", which is no text");
    }

    private static HeaderText problem(String header, String what) {
        return new HeaderText(null, "the header " + header + " holds " + what + "; give a String, or leave it out");
    }

    /** The first of these headers that is set, is not blank, and is text; null when there is none. */
    static @Nullable String orNull(Message message, String... headers) {
        for (String header : headers) {
            String text = of(message, header).text();
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    /** Whether a ledger can hold the text: no database takes the character 0, nor half a surrogate pair. */
    static boolean fitsLedger(String text, int longest) {
        return text.length() <= longest
                && text.indexOf(0) < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** The header as an id: bytes that are no text count in hexadecimal. */
    public static HeaderText ofId(Message message, String header) {
        byte[] bytes = bytes(message.getHeader(header));
        return bytes != null && decoded(bytes) == null
                ? new HeaderText("0x" + HexFormat.of().formatHex(bytes), null)
                : of(message, header);
    }

    private static byte @Nullable [] bytes(@Nullable Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return value instanceof byte[] bytes ? bytes : null;
    }

    private static @Nullable String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static @Nullable String converted(Object value, Message message) {
        if (value instanceof CharSequence) {
            return value.toString();
        } else if (!hasText(value)) {
            return null;
        }
        var exchange = message.getExchange();
        return exchange == null
                ? value.toString()
                : exchange.getContext().getTypeConverter().tryConvertTo(String.class, exchange, value);
    }

    /** Streams, collections, and objects that would show their address in memory, have no text. */
    private static boolean hasText(Object value) {
        if (value instanceof InputStream
                || value instanceof Reader
                || value instanceof File
                || value instanceof Path
                || value instanceof WrappedFile<?>
                || value instanceof Collection<?>
                || value instanceof Map<?, ?>
                || value.getClass().isArray()) {
            return false;
        }
        try {
            return value.getClass().getMethod("toString").getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
