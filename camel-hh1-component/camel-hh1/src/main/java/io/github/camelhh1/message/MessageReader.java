package io.github.camelhh1.message;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.Hh1MessageOptions;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.RequestRules;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageFormat;
import io.github.camelhh1.image.StoredImage;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.text.HttpUrl;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Message;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the message of {@code generate} and {@code estimate}. Field by field a header wins over the body, and the body over
 * the endpoint's option. No header changes account, address or trust settings. Safe for use by many threads.
 */
public final class MessageReader {
    private static final Logger LOG = LoggerFactory.getLogger(MessageReader.class);
    private static final int LONGEST_KEY = 1000;
    private static final int LONGEST_CORRELATION = 1000;

    private static final String NO_IMAGE =
            "none was given; send an http(s) URL or the image's content as body, or set the" + " header "
                    + Hh1Constants.IMAGE + " or the option image";

    private static final Set<String> TEXTS = Set.of("image", "prompt", "negative_prompt", "resolution");

    private static final Map<String, String> HEADERS = new LinkedHashMap<>();

    static {
        HEADERS.put(Hh1Constants.IMAGE, "image");
        HEADERS.put(Hh1Constants.PROMPT, "prompt");
        HEADERS.put(Hh1Constants.NEGATIVE_PROMPT, "negative_prompt");
        HEADERS.put(Hh1Constants.RESOLUTION, "resolution");
        HEADERS.put(Hh1Constants.DURATION, "duration");
        HEADERS.put(Hh1Constants.SEED, "seed");
        HEADERS.put(Hh1Constants.WATERMARK, "watermark");
    }

    private final Hh1MessageOptions input;
    private final @Nullable Expression requestKey;
    private final @Nullable Expression correlation;
    private final Upstream upstream;
    private final BodyReader bodies;
    private final S3Message s3;
    private final Takes takes;

    /**
     * What becomes of image content.
     *
     * @param content whether it can be sent on, staged or inline
     * @param imagesOnly whether it must be an image at all; its limits are preflight's to judge
     */
    public record Takes(boolean content, boolean imagesOnly) {}

    /** The endpoint's expressions for messages without the header, and the ids of messages at their source. */
    public record Keys(
            @Nullable Expression requestKey, @Nullable Expression correlation, Upstream upstream) {}

    /** Says what somebody upstream calls a message. */
    public interface Upstream {
        /** Null when nothing upstream has named it; what must be mended goes to {@code fields}. */
        @Nullable
        String of(Exchange exchange, RequestFields fields);
    }

    public MessageReader(Hh1MessageOptions input, Keys keys, Spool spool, S3Message s3, Takes takes) {
        this.input = input;
        this.requestKey = keys.requestKey();
        this.correlation = keys.correlation();
        this.upstream = keys.upstream();
        this.bodies = new BodyReader(spool);
        this.s3 = s3;
        this.takes = takes;
    }

    public GenerateMessage read(Exchange exchange) throws NotSentException {
        try {
            return understood(exchange);
        } catch (SpoolException e) {
            throw FailureMessages.unkept(e);
        }
    }

    private GenerateMessage understood(Exchange exchange) {
        Message message = exchange.getMessage();
        var fields = new RequestFields();
        defaults(input, fields);
        boolean imageInHeader = isSet(HeaderText.of(message, Hh1Constants.IMAGE));
        String name = sourceName(message);
        String option = fields.source("image");
        StoredImage stored = imageInHeader ? null : s3.inPlace(message);
        ImageContent content = bodies.read(exchange, fields, !imageInHeader && stored == null);
        HEADERS.forEach((header, field) -> readHeader(message, header, field, fields));
        if (stored != null && !fields.source("image").equals(option)) {
            // The body names another image, and knows better than who delivered it.
            stored = null;
        }
        if (content != null || stored != null) {
            fields.remove("image");
        }
        if (content != null) {
            checkContent(content, name, fields);
        }
        GenerationRequest request = fields.request();
        boolean none = content == null && stored == null && request.image() == null;
        if (none && fields.violations().isEmpty()) {
            String whyNot = s3.whyNot(message);
            fields.violation("image", whyNot != null ? whyNot : NO_IMAGE);
        }
        String senderKey = senderKey(message, fields);
        String key = senderKey != null ? senderKey : endpointKey(exchange, fields);
        String upstreamId = key == null ? upstream.of(exchange, fields) : null;
        String text = correlation(exchange, fields);
        warnOfLongPrompt(request.prompt());
        return new GenerateMessage(
                request,
                content,
                stored,
                senderKey,
                key,
                input.getRequestKey(),
                upstreamId,
                text,
                name,
                fields.violations());
    }

    private static boolean isSet(HeaderText header) {
        return header.problem() != null || RequestFields.isSet(header.text());
    }

    /** Numbers and truth values are looked at as they are where the field is one. */
    private static void readHeader(Message message, String header, String field, RequestFields fields) {
        Object value = message.getHeader(header);
        boolean plain = !TEXTS.contains(field) && (value instanceof Number || value instanceof Boolean);
        HeaderText text = HeaderText.of(message, header);
        if (text.problem() != null) {
            fields.remove(field);
            fields.violation(field, text.problem());
        } else {
            fields.put(field, plain ? value : text.text(), "the header " + header);
        }
    }

    /** The endpoint's own defaults, as fields. */
    public static void defaults(Hh1MessageOptions input, RequestFields fields) {
        fields.put("image", input.getImage(), "the option image");
        fields.put("prompt", input.getPrompt(), "the option prompt");
        fields.put("negative_prompt", input.getNegativePrompt(), "the option negativePrompt");
        fields.put("resolution", input.getResolution(), "the option resolution");
        fields.put("duration", input.getDuration(), "the option duration");
        fields.put("seed", input.getSeed(), "the option seed");
        fields.put("watermark", input.getWatermark(), "the option watermark");
    }

    private void checkContent(ImageContent content, @Nullable String name, RequestFields fields) {
        String what = name == null ? "the body" : RequestRules.shape(name);
        if (content.length() == 0) {
            fields.violation("image", what + " is empty (0 bytes); send a JPEG, PNG or WEBP image");
        } else if (takes.imagesOnly() && !content.format().isImage()) {
            fields.violation(
                    "image",
                    what + " holds " + found(content.format()) + ", whatever it is called;"
                            + " the model takes JPEG, PNG and WEBP: convert it, or send a prompt as String");
        } else if (!takes.content()) {
            fields.violation(
                    "image",
                    what + " is image content (" + content.format().title() + ", "
                            + content.length() + " bytes) and the service takes links only. There are three ways:"
                            + " set stagingUri to a Camel endpoint that stores the image and answers with its URL,"
                            + " for example hh1:generate?stagingUri=direct:stage, or to an aws2-s3: endpoint,"
                            + " or set stagingDirectory and stagingBaseUrl;"
                            + " or set inlineImages=true to send it inside the request;"
                            + " or store it yourself and send its http(s) URL as body or header " + Hh1Constants.IMAGE);
        }
    }

    private static String found(ImageFormat format) {
        return format == ImageFormat.UNKNOWN ? "no image that is known" : format.title();
    }

    private static void warnOfLongPrompt(@Nullable String prompt) {
        if (prompt != null && prompt.length() > RequestRules.LONGEST_PROMPT) {
            LOG.warn(
                    "The prompt has {} characters; the provider cuts it beyond {}",
                    prompt.length(),
                    RequestRules.LONGEST_PROMPT);
        }
    }

    private static @Nullable String senderKey(Message message, RequestFields fields) {
        HeaderText header = HeaderText.of(message, Hh1Constants.REQUEST_KEY);
        if (header.problem() != null) {
            fields.violation("requestKey", header.problem());
            return "";
        }
        return header.text() == null ? null : checked(header.text(), "the header " + Hh1Constants.REQUEST_KEY, fields);
    }

    private @Nullable String endpointKey(Exchange exchange, RequestFields fields) {
        if (requestKey == null) {
            return null;
        }
        try {
            return checked(requestKey.evaluate(exchange, String.class), "the option requestKey", fields);
        } catch (RuntimeException e) {
            fields.violation("requestKey", notEvaluated(e, Hh1Constants.REQUEST_KEY));
            return null;
        }
    }

    private static String notEvaluated(RuntimeException e, String header) {
        return "the expression cannot be evaluated for this message (" + CleanText.of(e.toString())
                + "); mend the option, or set the header " + header;
    }

    /** Null when the header and the option are not set, or are blank. */
    private @Nullable String correlation(Exchange exchange, RequestFields fields) {
        HeaderText header = HeaderText.of(exchange.getMessage(), Hh1Constants.CORRELATION);
        if (header.problem() != null) {
            fields.violation("correlation", header.problem());
            return null;
        }
        String text = header.text();
        String source = "the header " + Hh1Constants.CORRELATION;
        if (text == null && correlation != null) {
            source = "the option correlation";
            try {
                text = correlation.evaluate(exchange, String.class);
            } catch (RuntimeException e) {
                fields.violation("correlation", notEvaluated(e, Hh1Constants.CORRELATION));
            }
        }
        if (text == null || text.isBlank()) {
            return null;
        }
        // No database takes the character 0, nor half a surrogate pair.
        if (text.length() > LONGEST_CORRELATION
                || text.indexOf(0) >= 0
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            fields.violation(
                    "correlation",
                    "it has " + text.length() + " characters (from " + source + "); give text of at most "
                            + LONGEST_CORRELATION + " characters, without the character 0 or half a surrogate pair");
        }
        return text;
    }

    private static @Nullable String checked(@Nullable String key, String source, RequestFields fields) {
        if (key == null || key.isBlank()) {
            fields.violation(
                    "requestKey", "it is blank (from " + source + "); give every request a key, or none at all");
        } else if (key.length() > LONGEST_KEY || key.chars().anyMatch(Character::isISOControl)) {
            fields.violation(
                    "requestKey",
                    "it must have at most " + LONGEST_KEY
                            + " characters and no line break or other control character (from " + source
                            + "); give such a key");
        }
        return key;
    }

    private static @Nullable String sourceName(Message message) {
        for (String header : new String[] {Exchange.FILE_NAME, "CamelAwsS3Key"}) {
            String name = HeaderText.orNull(message, header);
            if (name != null) {
                return name;
            }
        }
        Object body = message.getBody();
        if (body instanceof File file) {
            return file.getName();
        } else if (body instanceof Path path) {
            return String.valueOf(path.getFileName());
        } else if (body instanceof WrappedFile<?> wrapped && wrapped.getFile() instanceof File file) {
            return file.getName();
        }
        return null;
    }

    /** The last segment of a link, for want of another name. */
    static @Nullable String nameIn(@Nullable String image) {
        if (image == null || !HttpUrl.is(image)) {
            return null;
        }
        String path = URI.create(image).getPath();
        return path == null || path.isEmpty() || path.endsWith("/") ? null : path;
    }
}
