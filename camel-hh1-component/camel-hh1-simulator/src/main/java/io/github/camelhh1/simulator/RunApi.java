package io.github.camelhh1.simulator;

import io.github.camelhh1.simulator.film.Scene;
import io.github.camelhh1.simulator.film.VideoStore;
import io.github.camelhh1.simulator.pictures.ImageCheck;
import io.github.camelhh1.simulator.pictures.InlineImages;
import io.github.camelhh1.simulator.pictures.Picture;
import io.github.camelhh1.simulator.pictures.PictureStore;
import io.github.camelhh1.simulator.service.Content;
import io.github.camelhh1.simulator.service.Refusal;
import io.github.camelhh1.simulator.service.SchemaCheck;
import io.github.camelhh1.simulator.wire.EventLoop;
import io.github.camelhh1.simulator.wire.Head;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The run API's rules: who may ask, what is wrong with a request, and what a generation costs. */
final class RunApi implements AutoCloseable {
    private final Settings settings;
    private final EventLoop loop;
    private final PictureStore pictures;
    private final ImageCheck images;
    private final VideoStore videos;
    private final Script script;
    private final Meter meter;
    private volatile String apiKey;

    RunApi(Settings settings, EventLoop loop, PictureStore pictures, VideoStore videos, Script script, Meter meter) {
        this.settings = settings;
        this.loop = loop;
        this.pictures = pictures;
        this.images = new ImageCheck(pictures, settings.requireReachableImage());
        this.videos = videos;
        this.script = script;
        this.meter = meter;
        this.apiKey = settings.apiKey();
    }

    void acceptOnly(String key) {
        apiKey = key;
    }

    void allowPrivateHosts() {
        images.allowPrivateHosts();
    }

    @Override
    public void close() {
        images.close();
    }

    EventLoop loop() {
        return loop;
    }

    Meter meter() {
        return meter;
    }

    InlineImages newBody() {
        return new InlineImages(pictures);
    }

    /** Why the request is not taken on, as far as can be said without its image; {@code null} when it is. */
    @Nullable
    Refusal refusal(TrackedRequest request, boolean tooLarge) {
        Head head = request.head();
        if (!head.path().equals(Settings.API + "/accounts/" + settings.account() + "/ai/run")
                || !head.header("Authorization").equals("Bearer " + apiKey)) {
            return Refusal.authentication();
        } else if (tooLarge) {
            return new Refusal(413, 3006, "Request is too large");
        }
        return SchemaCheck.check(request.json());
    }

    @Nullable
    Reply scripted(TrackedRequest request) {
        return script.takeFor(request);
    }

    CompletionStage<@Nullable Picture> picture(TrackedRequest request) {
        return images.check(request.image());
    }

    /** The generation begins: from here on a real account would pay. */
    Content.Video accept(TrackedRequest request, int epoch, @Nullable Picture picture) {
        request.billed();
        meter.charge(epoch, request.charge());
        String prompt = request.prompt();
        VideoStore.Link link = videos.issue(new Scene(picture, prompt == null ? "" : prompt, request.seconds()));
        return new Content.Video(
                "http://" + request.head().header("Host") + link.target(), settings.envelope() == Envelope.V4);
    }

    /** Refusals are immediate; a generation takes its time. */
    Duration delay(Reply reply) {
        Duration own = reply.delay();
        return own != null ? own : reply.isBilled() ? settings.delay() : Duration.ZERO;
    }
}
