package io.github.camelhh1.simulator;

import io.github.camelhh1.simulator.film.Scene;
import io.github.camelhh1.simulator.film.VideoStore;
import io.github.camelhh1.simulator.gateway.Gateway;
import io.github.camelhh1.simulator.pictures.ImageCheck;
import io.github.camelhh1.simulator.pictures.InlineImages;
import io.github.camelhh1.simulator.pictures.Picture;
import io.github.camelhh1.simulator.pictures.PictureStore;
import io.github.camelhh1.simulator.service.Content;
import io.github.camelhh1.simulator.service.Refusal;
import io.github.camelhh1.simulator.service.SchemaCheck;
import io.github.camelhh1.simulator.service.ServiceHeaders;
import io.github.camelhh1.simulator.wire.EventLoop;
import io.github.camelhh1.simulator.wire.Head;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The run API's rules: credentials, the checks of a request, and the cost of a generation. */
final class RunApi implements SimulatedCall.Service {
    private final Settings settings;
    private final EventLoop loop;
    private final PictureStore pictures;
    private final ImageCheck images;
    private final VideoStore videos;
    private final Script script;
    private final Meter meter;
    private final Gateway gateway;
    private volatile String apiKey;

    RunApi(
            Settings settings,
            EventLoop loop,
            PictureStore pictures,
            ImageCheck images,
            VideoStore videos,
            Script script,
            Meter meter,
            Gateway gateway) {
        this.settings = settings;
        this.loop = loop;
        this.pictures = pictures;
        this.images = images;
        this.videos = videos;
        this.script = script;
        this.meter = meter;
        this.gateway = gateway;
        this.apiKey = settings.apiKey();
    }

    void acceptOnly(String key) {
        apiKey = key;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public InlineImages newBody() {
        return new InlineImages(pictures);
    }

    @Override
    public void read(SimulatedCall call, boolean tooLarge) {
        Refusal refusal = refusal(call.request(), tooLarge);
        if (refusal != null) {
            refuse(call, refusal);
            return;
        }
        Reply scripted = script.takeFor(call.request());
        Reply reply = scripted == null ? Reply.completed() : scripted;
        if (reply.isBilled()) {
            images.check(call.request().image())
                    .whenComplete((picture, problem) -> loop.execute(() -> found(call, picture, problem, reply)));
        } else {
            call.perform(reply, Content.Video.NONE);
        }
    }

    private void found(SimulatedCall call, @Nullable Picture picture, @Nullable Throwable problem, Reply reply) {
        if (problem != null) {
            Throwable cause = problem.getCause() == null ? problem : problem.getCause();
            String text = "Invalid input: image: cannot be fetched or is no image (" + cause.getMessage() + ")";
            refuse(call, Refusal.input(text));
        } else {
            call.perform(reply, accept(call, picture));
        }
    }

    private static void refuse(SimulatedCall call, Refusal refusal) {
        call.perform(Reply.error(refusal.status(), refusal.code(), refusal.message()), Content.Video.NONE);
    }

    /** The reason to refuse the request, as far as it is known without the image; {@code null} if there is none. */
    private @Nullable Refusal refusal(TrackedRequest request, boolean tooLarge) {
        Head head = request.head();
        if (!head.path().equals(Settings.API + "/accounts/" + settings.account() + "/ai/run")
                || !head.header("Authorization").equals("Bearer " + apiKey)) {
            return Refusal.authentication();
        } else if (tooLarge) {
            return new Refusal(413, 3006, "Request is too large");
        }
        return SchemaCheck.check(request.json());
    }

    /** The generation begins: from here on a real account would pay. */
    private Content.Video accept(SimulatedCall call, @Nullable Picture picture) {
        TrackedRequest request = call.request();
        request.billed();
        meter.charge(call.epoch(), request.charge());
        String prompt = request.prompt();
        VideoStore.Link link = videos.issue(new Scene(picture, prompt == null ? "" : prompt, request.seconds()));
        return new Content.Video(
                "http://" + request.head().header("Host") + link.target(), settings.envelope() == Envelope.V4);
    }

    /** A call that was read gets its row, even if the answer is lost; one that was not let in gets none. */
    @Override
    public void answering(SimulatedCall call, Reply reply, Content.Video video) {
        boolean reached = reply.status() > 0 || reply.isBilled();
        int number = call.request().number();
        String id = headers(reply, number).get("cf-aig-log-id");
        if (reached && id != null && call.epoch() == meter.epoch()) {
            Reply whole = reply.status() > 0 ? reply : Reply.completed();
            gateway.log(call.request().head(), id, whole.status(), whole.body(video));
        }
    }

    /** Refusals are immediate; a generation takes its time. */
    @Override
    public Duration delay(Reply reply) {
        Duration own = reply.delay();
        return own != null ? own : reply.isBilled() ? settings.delay() : Duration.ZERO;
    }

    @Override
    public Map<String, String> headers(Reply reply, int number) {
        return ServiceHeaders.of(reply.status(), reply.headers(), number);
    }
}
