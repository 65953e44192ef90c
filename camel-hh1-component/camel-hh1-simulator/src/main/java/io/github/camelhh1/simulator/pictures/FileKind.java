package io.github.camelhh1.simulator.pictures;

import com.drew.imaging.FileType;
import com.drew.imaging.FileTypeDetector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The kind of a file, judged by its first bytes and never by its name.
 *
 * @param type as the library knows it
 * @param isText whether the file begins as a text does
 */
record FileKind(FileType type, boolean isText) {
    private static final int FIRST_BYTES = 512;

    /** The kind of this content. */
    static FileKind of(byte[] content) {
        try {
            return of(new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kind of the file that begins here; the stream, which can be marked, stays where it is. */
    static FileKind of(InputStream in) throws IOException {
        in.mark(FIRST_BYTES);
        byte[] start = in.readNBytes(FIRST_BYTES);
        in.reset();
        FileType type = FileTypeDetector.detectFileType(new ByteArrayInputStream(start));
        return new FileKind(type, isText(start));
    }

    /** Its usual name. */
    String title() {
        if (isText) {
            return "text";
        }
        return type == FileType.Unknown ? "unknown content" : type.getName().toUpperCase(Locale.ROOT);
    }

    /** The media type to serve it with. */
    String contentType() {
        if (isText) {
            return "text/plain";
        }
        String known = type.getMimeType();
        return known == null ? "application/octet-stream" : known;
    }

    private static boolean isText(byte[] start) {
        CharBuffer text = CharBuffer.allocate(start.length);
        // A last character cut in two is no error to this decoder; bytes that are no UTF-8 are.
        return start.length > 0
                && !StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(start), text, false)
                        .isError()
                && text.flip().chars().noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
    }
}
