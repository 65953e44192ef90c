package io.github.camelhh1.staging;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.staging.Staging.Caller;
import io.github.camelhh1.text.HttpUrl;
import io.github.camelhh1.text.SignedUrl;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Any Camel endpoint: it receives the image as body, with the headers {@code CamelHh1ImageName}, {@code Content-Type} and
 * {@code Content-Length}, and answers with the URL as body. The cleanup endpoint, if set, removes the image: it receives
 * the name in the same header and the URL as body.
 */
final class EndpointStore implements Store {
    private static final String KIND = "endpoint:";
    private static final int LONGEST_REMEMBERED = 1500;

    private final String uri;
    private final EndpointCall store;
    private final @Nullable EndpointCall cleanup;

    EndpointStore(String uri, EndpointCall store, @Nullable EndpointCall cleanup) {
        this.uri = uri;
        this.store = store;
        this.cleanup = cleanup;
    }

    @Override
    public String place() {
        return uri;
    }

    @Override
    public String reference(ImageContent content) {
        return KIND + content.name();
    }

    @Override
    public CompletionStage<String> put(ImageContent content, Caller caller) {
        return store.ask(
                caller,
                message -> {
                    message.setBody(new ImageStream(content));
                    message.setHeader(Staging.IMAGE_NAME, content.name());
                    message.setHeader(Exchange.CONTENT_TYPE, content.format().contentType());
                    message.setHeader(Exchange.CONTENT_LENGTH, content.length());
                },
                answer -> {
                    content.check();
                    return link(answer);
                });
    }

    private String link(Message answer) {
        String body = answer.getBody(String.class);
        String link = body == null ? "" : body.strip();
        if (!HttpUrl.is(link)) {
            throw new IllegalStateException("the endpoint " + store
                    + " must leave the image's http(s) URL as its body, and left "
                    + (link.isEmpty() ? "nothing" : "something else"));
        }
        return link;
    }

    @Override
    public @Nullable String remembered(String url) {
        String link = SignedUrl.withoutSignature(url);
        return cleanup == null || link.length() > LONGEST_REMEMBERED ? null : link;
    }

    @Override
    public CompletionStage<Boolean> remove(String reference, @Nullable String url, Caller caller) {
        if (cleanup == null) {
            return CompletableFuture.completedStage(true);
        } else if (!reference.startsWith(KIND)) {
            return Store.stranger(reference, store.toString());
        }
        return cleanup.ask(
                caller,
                message -> {
                    message.setHeader(Staging.IMAGE_NAME, reference.substring(KIND.length()));
                    message.setBody(url);
                },
                answer -> true);
    }

    @Override
    public void close() {
        store.close();
        if (cleanup != null) {
            cleanup.close();
        }
    }
}
