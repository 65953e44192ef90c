package io.github.camelhh1.staging;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.text.HttpUrl;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * An S3 endpoint as it is. Images lie in a folder of this component alone: other nodes may use the same
 * bucket, and must not remove what this one needs. Headers are those of camel-aws2-s3, by their names.
 */
final class S3Store implements Store {
    private static final String KIND = "s3:";
    private static final String KEY = "CamelAwsS3Key";
    private static final String OPERATION = "CamelAwsS3Operation";
    private static final String CONTENT_TYPE = "CamelAwsS3ContentType";
    private static final String CONTENT_LENGTH = "CamelAwsS3ContentLength";
    /** Camel's own spelling; milliseconds. */
    private static final String LINK_LIFE = "CamelAwsS3DowloadLinkExpirationTime";

    private final S3Settings settings;
    private final String node;
    private final EndpointCall endpoint;

    S3Store(S3Settings settings, String node, EndpointCall endpoint) {
        this.settings = settings;
        this.node = node;
        this.endpoint = endpoint;
    }

    @Override
    public Store onBehalfOf(Caller caller) {
        return new S3Store(settings, node, endpoint.onBehalfOf(caller));
    }

    @Override
    public String place() {
        return KIND;
    }

    @Override
    public String reference(ImageContent content) {
        return KIND + settings.bucket() + "/" + settings.prefix() + node + "/" + content.name();
    }

    private String key(String reference) {
        return reference.substring(start().length());
    }

    private String start() {
        return KIND + settings.bucket() + "/";
    }

    @Override
    public CompletionStage<String> put(ImageContent content) {
        String key = key(reference(content));
        return endpoint.<Boolean>ask(message -> fill(message, key, content), answer -> {
                    content.check();
                    return true;
                })
                .thenCompose(stored -> link(key));
    }

    private static void fill(Message message, String key, ImageContent content) {
        message.setHeader(KEY, key);
        message.setHeader(CONTENT_TYPE, content.format().contentType());
        message.setHeader(CONTENT_LENGTH, content.length());
        message.setBody(new ImageStream(content));
    }

    /** The put may have come through though its answer did not; and nothing else would remove what has no link. */
    @Override
    public boolean mayHoldWhatFailed() {
        return true;
    }

    private CompletionStage<String> link(String key) {
        return endpoint.ask(
                message -> {
                    message.setHeader(KEY, key);
                    message.setHeader(OPERATION, "createDownloadLink");
                    message.setHeader(LINK_LIFE, settings.linkLife().toMillis());
                },
                answer -> {
                    String link = answer.getBody(String.class);
                    if (link == null || !HttpUrl.is(link)) {
                        throw new IllegalStateException("the endpoint " + endpoint + " made no http(s) link");
                    }
                    return link;
                });
    }

    @Override
    public CompletionStage<String> link(RequestImage.Stored image) {
        return link(image.key());
    }

    @Override
    public CompletionStage<Boolean> remove(String reference, @Nullable String url) {
        return reference.startsWith(start()) ? delete(key(reference)) : Store.stranger(reference, start());
    }

    private CompletionStage<Boolean> delete(String key) {
        return endpoint.ask(
                message -> {
                    message.setHeader(KEY, key);
                    message.setHeader(OPERATION, "deleteObject");
                },
                answer -> true);
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
