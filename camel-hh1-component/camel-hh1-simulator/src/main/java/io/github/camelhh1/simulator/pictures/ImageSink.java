package io.github.camelhh1.simulator.pictures;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads an image as it comes, up to a length. A longer one is not read to its end. */
final class ImageSink implements HttpResponse.BodySubscriber<Boolean> {
    private final PictureStore.Incoming incoming;
    private final CompletableFuture<Boolean> whole = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private long room;

    ImageSink(PictureStore.Incoming incoming, long most) {
        this.incoming = incoming;
        this.room = most;
    }

    /** For an answer that is no image. */
    static HttpResponse.BodySubscriber<Boolean> nothing() {
        return HttpResponse.BodySubscribers.replacing(false);
    }

    PictureStore.Incoming incoming() {
        return incoming;
    }

    boolean tooLong() {
        return room < 0;
    }

    @Override
    public CompletionStage<Boolean> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            room -= part.remaining();
            if (room < 0) {
                end(new IOException("too long"));
                return;
            }
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            incoming.write(bytes, 0, bytes.length);
        }
    }

    private void end(IOException problem) {
        if (subscription != null) {
            subscription.cancel();
        }
        whole.completeExceptionally(problem);
    }

    @Override
    public void onError(Throwable problem) {
        whole.completeExceptionally(problem);
    }

    @Override
    public void onComplete() {
        whole.complete(true);
    }
}
