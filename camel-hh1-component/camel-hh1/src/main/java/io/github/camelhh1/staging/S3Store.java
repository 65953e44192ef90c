package io.github.camelhh1.staging;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.staging.Staging.Caller;
import io.github.camelhh1.text.HttpUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * An S3 endpoint as it is. Images are in a folder of this component alone: other nodes may use the same bucket, and must
 * not remove an image that this node needs. Headers are those of camel-aws2-s3, by their names.
 */
final class S3Store implements Store {
    private static final String KIND = "s3:";
    private static final String KEY = "CamelAwsS3Key";
    private static final String OPERATION = "CamelAwsS3Operation";
    private static final String CONTENT_TYPE = "CamelAwsS3ContentType";
    private static final String CONTENT_LENGTH = "CamelAwsS3ContentLength";
    /** Camel's own spelling; milliseconds. */
    private static final String LINK_LIFE = "CamelAwsS3DowloadLinkExpirationTime";

    /** The limit of S3 itself. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private final String bucket;
    private final String folder;
    private final Duration linkLife;
    private final EndpointCall endpoint;

    /**
     * @param folder keys begin with it; ends with a slash
     * @param linkLife of the links that are made
     */
    S3Store(String bucket, String folder, Duration linkLife, EndpointCall endpoint) {
        this.bucket = bucket;
        this.folder = folder;
        this.linkLife = linkLife;
        this.endpoint = endpoint;
    }

    /** Checks that the endpoint can put, link and remove. */
    static void check(S3Bucket bucket, Duration linkLife) {
        List<String> broken = new ArrayList<>();
        if (bucket.text("operation") != null) {
            broken.add("leave out operation, for it puts, links and deletes");
        }
        if (bucket.isTrue("streamingUploadMode") || bucket.isTrue("pojoRequest")) {
            broken.add("leave out streamingUploadMode and pojoRequest");
        }
        if (bucket.value("amazonS3Presigner") == null) {
            presigning(bucket, broken);
        }
        if (S3Bucket.isExpression(bucket.prefix()) || S3Bucket.isExpression(bucket.name())) {
            broken.add("give a plain bucket and a plain keyName or prefix, without ${}");
        }
        if (linkLife.compareTo(LONGEST_LIFE) > 0) {
            broken.add("links must live for " + linkLife + " and S3 gives them 7 days at most: lower generationTimeout,"
                    + " maxAttempts or maxRetryDelay");
        }
        if (!broken.isEmpty()) {
            throw new IllegalArgumentException("stagingUri: the S3 bucket " + bucket.name() + " cannot stage images: "
                    + String.join("; ", broken));
        }
    }

    private static void presigning(S3Bucket bucket, List<String> broken) {
        if (bucket.text("region") == null) {
            broken.add("links cannot be signed without a region: set region, or give an amazonS3Presigner");
        }
        boolean keys = bucket.text("accessKey") != null && bucket.text("secretKey") != null;
        if (!keys && !bucket.isTrue("useDefaultCredentialsProvider")) {
            broken.add("links cannot be signed without credentials: set accessKey and secretKey, or"
                    + " useDefaultCredentialsProvider=true, or give an amazonS3Presigner");
        }
    }

    @Override
    public String place() {
        return KIND;
    }

    @Override
    public String reference(ImageContent content) {
        return start() + folder + content.name();
    }

    private String start() {
        return KIND + bucket + "/";
    }

    @Override
    public CompletionStage<String> put(ImageContent content, Caller caller) {
        String key = folder + content.name();
        return endpoint.<Boolean>ask(
                        caller,
                        message -> {
                            message.setHeader(KEY, key);
                            message.setHeader(CONTENT_TYPE, content.format().contentType());
                            message.setHeader(CONTENT_LENGTH, content.length());
                            message.setBody(new ImageStream(content));
                        },
                        answer -> {
                            content.check();
                            return true;
                        })
                .thenCompose(stored -> link(key, caller));
    }

    /** The put may have come through though its answer did not; and nothing else would remove an image without a link. */
    @Override
    public boolean mayHoldWhatFailed() {
        return true;
    }

    private CompletionStage<String> link(String key, Caller caller) {
        return endpoint.ask(
                caller,
                message -> {
                    ask(message, key, "createDownloadLink");
                    message.setHeader(LINK_LIFE, linkLife.toMillis());
                },
                answer -> {
                    String link = answer.getBody(String.class);
                    if (link == null || !HttpUrl.is(link)) {
                        throw new IllegalStateException("the endpoint " + endpoint + " made no http(s) link");
                    }
                    return link;
                });
    }

    private static void ask(Message message, String key, String operation) {
        message.setHeader(KEY, key);
        message.setHeader(OPERATION, operation);
    }

    @Override
    public CompletionStage<String> link(RequestImage.Stored image, Caller caller) {
        return link(image.key(), caller);
    }

    @Override
    public CompletionStage<Boolean> remove(String reference, @Nullable String url, Caller caller) {
        return reference.startsWith(start())
                ? endpoint.ask(
                        caller,
                        message -> ask(message, reference.substring(start().length()), "deleteObject"),
                        answer -> true)
                : Store.stranger(reference, start());
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
