package io.github.camelhh1.image;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The format of a file, judged by its first bytes and never by its name. The model accepts three formats; the others are
 * recognised so that a message can name them.
 */
public enum ImageFormat {
    JPEG("JPEG", "jpg", "image/jpeg", true),
    PNG("PNG", "png", "image/png", true),
    WEBP("WEBP", "webp", "image/webp", true),
    GIF("GIF", "gif", "image/gif", false),
    BMP("BMP", "bmp", "image/bmp", false),
    HEIC("HEIC", "heic", "image/heic", false),
    AVIF("AVIF", "avif", "image/avif", false),
    TIFF("TIFF", "tiff", "image/tiff", false),
    SVG("SVG", "svg", "image/svg+xml", false),
    PDF("PDF", "pdf", "application/pdf", false),
    HTML("HTML", "html", "text/html", false),
    TEXT("text", "txt", "text/plain", false),
    UNKNOWN("unknown content", "bin", "application/octet-stream", false);

    /** The most bytes that {@link #sniff} uses. */
    public static final int SNIFFED_BYTES = 512;

    private final String title;
    private final String extension;
    private final String contentType;
    private final boolean accepted;

    ImageFormat(String title, String extension, String contentType, boolean accepted) {
        this.title = title;
        this.extension = extension;
        this.contentType = contentType;
        this.accepted = accepted;
    }

    /** The format of content that starts with these bytes; fewer than {@link #SNIFFED_BYTES} are allowed. */
    public static ImageFormat sniff(byte[] firstBytes) {
        if (startsWith(firstBytes, 0, "\u00ff\u00d8\u00ff")) {
            return JPEG;
        } else if (startsWith(firstBytes, 0, "\u0089PNG\r\n\u001a\n")) {
            return PNG;
        } else if (startsWith(firstBytes, 0, "RIFF") && startsWith(firstBytes, 8, "WEBP")) {
            return WEBP;
        } else if (startsWith(firstBytes, 0, "GIF8")) {
            return GIF;
        } else if (startsWith(firstBytes, 0, "II*\0") || startsWith(firstBytes, 0, "MM\0*")) {
            return TIFF;
        } else if (startsWith(firstBytes, 0, "%PDF-")) {
            return PDF;
        } else if (startsWith(firstBytes, 4, "ftyp")) {
            return isoBrand(firstBytes);
        } else if (startsWith(firstBytes, 0, "BM") && startsWith(firstBytes, 6, "\0\0\0\0")) {
            return BMP;
        }
        return sniffText(firstBytes);
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** The usual file name extension, without a dot. */
    public String extension() {
        return extension;
    }

    public String contentType() {
        return contentType;
    }

    /** Whether the model takes images of this format. */
    public boolean accepted() {
        return accepted;
    }

    /** Whether it is a format of images, accepted by the model or not. */
    public boolean isImage() {
        return contentType.startsWith("image/");
    }

    private static ImageFormat isoBrand(byte[] bytes) {
        return switch (bytes.length < 12 ? "" : new String(bytes, 8, 4, StandardCharsets.ISO_8859_1)) {
            case "avif", "avis" -> AVIF;
            case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1" -> HEIC;
            default -> UNKNOWN;
        };
    }

    private static ImageFormat sniffText(byte[] bytes) {
        int length = Math.min(bytes.length, SNIFFED_BYTES);
        for (int i = 0; i < length; i++) {
            int b = bytes[i] & 0xff;
            if (b == 0x7f || (b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f')) {
                return UNKNOWN;
            }
        }
        // This decoder ignores an incomplete last character. Bytes that are not UTF-8 are an error.
        CharBuffer decoded = CharBuffer.allocate(length);
        if (StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, 0, length), decoded, false)
                .isError()) {
            return UNKNOWN;
        }
        String text = decoded.flip().toString().replace("\ufeff", "").strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty()) {
            return UNKNOWN;
        } else if (text.startsWith("<svg")
                || text.startsWith("<!doctype svg")
                || (text.startsWith("<?xml") && (text.contains("<svg") || text.contains("<!doctype svg")))) {
            return SVG;
        } else if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            return HTML;
        }
        return TEXT;
    }

    private static boolean startsWith(byte[] bytes, int from, String magic) {
        byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
        int end = from + wanted.length;
        return bytes.length >= end && Arrays.equals(bytes, from, end, wanted, 0, wanted.length);
    }
}
