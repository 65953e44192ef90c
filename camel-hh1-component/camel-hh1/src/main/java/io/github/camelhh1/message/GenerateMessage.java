package io.github.camelhh1.message;

import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.RequestRules;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.text.HttpUrl;
import io.github.camelhh1.text.SafeFileName;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/**
 * A message of {@code generate} or {@code estimate}.
 *
 * @param request the fields that were set, but for the image
 * @param image null when there is none, which is a violation
 * @param senderKey the key in the message's header; null when there is none
 * @param explicitKey that key, else the key that the endpoint's expression made; null when there is neither
 * @param keyExpression the endpoint's expression; null when it has none
 * @param upstreamId the id of the message at its source; null when there is a key, or no such id
 * @param correlation the sender's own text for the ledger; null when there is none
 * @param sourceName the name of the source; null when it has none
 * @param violations every rule broken; nothing may be sent unless empty
 */
public record GenerateMessage(
        GenerationRequest request,
        @Nullable RequestImage image,
        @Nullable String senderKey,
        @Nullable String explicitKey,
        @Nullable String keyExpression,
        @Nullable String upstreamId,
        @Nullable String correlation,
        @Nullable String sourceName,
        List<String> violations) {

    /** With those of its image, as far as they are known without fetching it. */
    public List<String> allViolations(Preflight preflight) {
        if (image instanceof ImageContent content && !content.format().isImage()) {
            return violations; // They say already that it is no image.
        }
        var all = new ArrayList<>(violations);
        if (image != null) {
            all.addAll(preflight.violations(image, this::imageName));
        }
        return all;
    }

    /** The image's file name, link or content hash, in quotes, fit for a log. */
    public String imageName() {
        if (sourceName != null) {
            return RequestRules.shape(sourceName);
        }
        return RequestRules.shape(
                image instanceof ImageContent content ? content.name() : image == null ? "no image" : image.title());
    }

    /** Only of a message without violations. */
    public RequestImage theImage() {
        return Objects.requireNonNull(image, "no image");
    }

    /** The name of the video: that of its source, or else of its request. Safe as a file name. */
    public String videoFileName(Identity identity) {
        String source = sourceName != null ? sourceName : nameIn(theImage().title());
        String name = source == null ? "" : SafeFileName.baseName(source, "");
        return (name.isEmpty() ? SafeFileName.baseName(identity.key(), identity.runId()) : name) + ".mp4";
    }

    static @Nullable String sourceName(Message message) {
        String name = HeaderText.orNull(message, Exchange.FILE_NAME, "CamelAwsS3Key");
        Object body = message.getBody();
        if (name != null) {
            return name;
        } else if (body instanceof File file) {
            return file.getName();
        } else if (body instanceof Path path) {
            return String.valueOf(path.getFileName());
        } else if (body instanceof WrappedFile<?> wrapped && wrapped.getFile() instanceof File file) {
            return file.getName();
        }
        return null;
    }

    /** The path of a link; null when it has none. */
    static @Nullable String nameIn(@Nullable String link) {
        URI url = link == null ? null : HttpUrl.parsed(link);
        String path = url == null || url.getRawAuthority() == null ? null : url.getPath();
        return path == null || path.isEmpty() || path.endsWith("/") ? null : path;
    }
}
