package io.github.camelhh1.message;

import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.Hh1MessageOptions;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.RequestRules;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageFormat;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.staging.S3Bucket;
import io.github.camelhh1.text.CleanText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the message of {@code generate} and {@code estimate}. Field by field a header wins over the body, and the body over
 * the endpoint's option. No header changes account, address or trust settings. Safe for use by many threads.
 */
public final class MessageReader {
    private static final Logger LOG = LoggerFactory.getLogger(MessageReader.class);
    /** Of a key and of a correlation, in characters. */
    private static final int LONGEST = 1000;

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
    private final Keys keys;
    private final BodyReader bodies;
    private final S3Message s3;
    private final boolean takesContent;
    private final boolean imagesOnly;
    private final String backend;

    /**
     * The endpoint's expressions for messages without the header.
     *
     * @param upstream the id of a message at its source; null where the source gave none. Violations go to the fields
     */
    public record Keys(
            @Nullable Expression requestKey,
            @Nullable Expression correlation,
            BiFunction<Exchange, RequestFields, @Nullable String> upstream) {}

    /**
     * @param directory for streams that can be read once only; asked when there is one
     * @param bucket whose objects can be linked where they lie; null for none
     */
    public MessageReader(
            Hh1Configuration options,
            Hh1MessageOptions input,
            Keys keys,
            Supplier<Path> directory,
            @Nullable S3Bucket bucket) {
        this.input = input;
        this.keys = keys;
        this.bodies = new BodyReader(new Spool(directory));
        this.s3 = new S3Message(bucket);
        this.takesContent =
                options.getStagingUri() != null || options.getStagingDirectory() != null || options.isInlineImages();
        this.backend = options.getBackend();
        this.imagesOnly = !options.getPreflight().equals("off");
    }

    public GenerateMessage read(Exchange exchange) throws NotSentException {
        try {
            return understood(exchange);
        } catch (Spool.Failure e) {
            throw FailureMessages.unkept(e);
        }
    }

    private GenerateMessage understood(Exchange exchange) {
        Message message = exchange.getMessage();
        var fields = new RequestFields();
        defaults(input, fields);
        boolean imageInHeader = isSet(HeaderText.of(message, Hh1Constants.IMAGE));
        String name = GenerateMessage.sourceName(message);
        String option = fields.source("image");
        RequestImage.Stored stored = imageInHeader ? null : s3.inPlace(message);
        ImageContent content = bodies.read(exchange, fields, !imageInHeader && stored == null);
        HEADERS.forEach((header, field) -> readHeader(message, header, field, fields));
        if (stored != null && !fields.source("image").equals(option)) {
            // The body names another image: it counts more than the headers of the delivery.
            stored = null;
        }
        if (content != null || stored != null) {
            fields.remove("image");
        }
        if (content != null) {
            checkContent(content, name, fields);
        }
        refuse(backend, fields);
        GenerationRequest request = fields.request();
        String link = request.image();
        RequestImage linked = link == null ? null : RequestImage.Link.of(link);
        RequestImage image = content != null ? content : stored != null ? stored : linked;
        if (image == null && fields.violations().isEmpty()) {
            String whyNot = s3.whyNot(message);
            fields.violation("image", whyNot != null ? whyNot : NO_IMAGE);
        }
        String senderKey = senderKey(message, fields);
        String key = senderKey != null ? senderKey : endpointKey(exchange, fields);
        String upstreamId = key == null ? keys.upstream().apply(exchange, fields) : null;
        String text = correlation(exchange, fields);
        warnOfLongPrompt(request.prompt());
        return new GenerateMessage(
                request.withImage(null),
                image,
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

    /** Numbers and truth values stay as they are where the field is one. */
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

    /** Fields that a backend does not take. */
    public static void refuse(String backend, RequestFields fields) {
        if (backend.equals("modelstudio") && fields.has("negative_prompt")) {
            fields.violation(
                    "negative_prompt",
                    "backend=modelstudio takes none; say in the prompt what the video shows, or leave it out");
        }
    }

    private void checkContent(ImageContent content, @Nullable String name, RequestFields fields) {
        String what = name == null ? "the body" : RequestRules.shape(name);
        if (content.length() == 0) {
            fields.violation("image", what + " is empty (0 bytes); send a JPEG, PNG or WEBP image");
        } else if (imagesOnly && !content.format().isImage()) {
            fields.violation(
                    "image",
                    what + " holds " + found(content.format()) + ", whatever it is called;"
                            + " the model takes JPEG, PNG and WEBP: convert it, or send a prompt as String");
        } else if (!takesContent) {
            fields.violation(
                    "image",
                    what + " is image content (" + content.format().title() + ", "
                            + content.length() + " bytes), and the service takes links only. Set stagingUri to an"
                            + " aws2-s3: endpoint, or to a route that stores the image and answers with its URL, for"
                            + " example hh1:generate?stagingUri=direct:stage; or set stagingDirectory and"
                            + " stagingBaseUrl; or inlineImages=true, which sends it inside the request. Or store it"
                            + " yourself, and send its http(s) URL as body or header " + Hh1Constants.IMAGE);
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
        if (keys.requestKey() == null) {
            return null;
        }
        try {
            return checked(keys.requestKey().evaluate(exchange, String.class), "the option requestKey", fields);
        } catch (RuntimeException e) {
            fields.violation("requestKey", notEvaluated(e, Hh1Constants.REQUEST_KEY));
            return null;
        }
    }

    private static String notEvaluated(RuntimeException e, String header) {
        return "the expression cannot be evaluated for this message (" + CleanText.of(e.toString())
                + "); correct the option, or set the header " + header;
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
        if (text == null && keys.correlation() != null) {
            source = "the option correlation";
            try {
                text = keys.correlation().evaluate(exchange, String.class);
            } catch (RuntimeException e) {
                fields.violation("correlation", notEvaluated(e, Hh1Constants.CORRELATION));
            }
        }
        if (text == null || text.isBlank()) {
            return null;
        }
        if (!HeaderText.fitsLedger(text, LONGEST)) {
            fields.violation(
                    "correlation",
                    "it has " + text.length() + " characters (from " + source + "); give text of at most " + LONGEST
                            + " characters, without the character 0 or half a surrogate pair");
        }
        return text;
    }

    private static @Nullable String checked(@Nullable String key, String source, RequestFields fields) {
        if (key == null || key.isBlank()) {
            fields.violation(
                    "requestKey", "it is blank (from " + source + "); give every request a key, or none at all");
        } else if (key.length() > LONGEST || key.chars().anyMatch(Character::isISOControl)) {
            fields.violation(
                    "requestKey",
                    "it must have at most " + LONGEST
                            + " characters and no line break or other control character (from " + source
                            + "); give such a key");
        }
        return key;
    }
}
