package io.github.camelhh1.message;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.generation.RequestRules;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a body means that is text: a link, a request, or a prompt. A local path or an image as text is neither. */
final class TextBody {
    private static final Pattern OTHER_SCHEME =
            Pattern.compile("^(?:[A-Za-z][A-Za-z0-9+.-]*://|data:|file:).*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE_NAME =
            Pattern.compile("\\S+\\.(?:jpe?g|png|webp|gif|bmp|tiff?|heic|heif|avif)", Pattern.CASE_INSENSITIVE);
    /** The alphabets of RFC 4648, sections 4 and 5. */
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]+={0,2}");
    /** No word of a prompt is as long, and no image is shorter. */
    private static final int SHORTEST_BASE64 = 200;

    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final String SOURCE = "the body";
    private static final String INSTEAD = "send the file (java.io.File or Path), its content (byte[] or a stream), or a"
            + " link to it; a prompt that reads so goes into the header " + Hh1Constants.PROMPT;

    private TextBody() {}

    static void read(String body, RequestFields fields) {
        String text = body.startsWith(BYTE_ORDER_MARK) ? body.substring(1) : body;
        String stripped = text.strip();
        if (isImageLink(stripped)) {
            fields.put("image", stripped, SOURCE);
        } else if (stripped.startsWith("{")) {
            JsonFields.read(stripped, fields);
        } else if (OTHER_SCHEME.matcher(stripped).matches()) {
            fields.violation("body", otherScheme(stripped));
        } else if (FILE_NAME.matcher(stripped).matches()) {
            fields.violation("body", RequestRules.shape(stripped) + " is the name of a file, not a prompt; " + INSTEAD);
        } else if (stripped.length() >= SHORTEST_BASE64
                && BASE64.matcher(stripped).matches()) {
            fields.violation(
                    "body",
                    stripped.length() + " characters of Base64 are no prompt; decode them and send a byte[], or put"
                            + " data:image/…;base64, in front");
        } else {
            fields.put("prompt", text, SOURCE);
        }
    }

    /** Of a body that is a {@code URI} or a {@code URL}: never a prompt. */
    static void readLink(Object link, RequestFields fields) {
        String text = link.toString();
        if (isImageLink(text)) {
            fields.put("image", text, SOURCE);
        } else {
            fields.violation("body", "the " + link.getClass().getSimpleName() + " " + otherScheme(text));
        }
    }

    private static boolean isImageLink(String text) {
        String start = text.substring(0, Math.min(11, text.length())).toLowerCase(Locale.ROOT);
        return start.startsWith("http://") || start.startsWith("https://") || start.startsWith("data:image/");
    }

    private static String otherScheme(String link) {
        return RequestRules.shape(link) + " is a link of a kind that the service does not fetch;"
                + " only http://, https:// and data:image/ are: " + INSTEAD;
    }
}
