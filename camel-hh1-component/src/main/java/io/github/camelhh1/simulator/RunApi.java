package io.github.camelhh1.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.camelhh1.simulator.film.Scene;
import io.github.camelhh1.simulator.film.VideoStore;
import io.github.camelhh1.simulator.pictures.ImageFetch;
import io.github.camelhh1.simulator.pictures.InlineImages;
import io.github.camelhh1.simulator.pictures.Picture;
import io.github.camelhh1.simulator.pictures.PictureStore;
import io.github.camelhh1.simulator.wire.Answer;
import io.github.camelhh1.simulator.wire.EventLoop;
import io.github.camelhh1.simulator.wire.Head;
import io.github.camelhh1.simulator.wire.Site;
import io.github.camelhh1.simulator.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The run API: takes a request in, decides, charges, and answers when it is time. Lives on the loop's thread. */
final class RunApi {
    private static final int DEFAULT_SECONDS = 5;
    private static final String DEFAULT_RESOLUTION = "1080P";

    private final Settings settings;
    private final EventLoop loop;
    private final PictureStore pictures;
    private final ImageFetch fetch;
    private final VideoStore videos;
    private final Script script;
    private final Meter meter;
    private volatile String apiKey;

    RunApi(Settings settings, EventLoop loop, PictureStore pictures, VideoStore videos, Script script, Meter meter) {
        this.settings = settings;
        this.loop = loop;
        this.pictures = pictures;
        this.fetch = new ImageFetch(pictures);
        this.videos = videos;
        this.script = script;
        this.meter = meter;
        this.apiKey = settings.apiKey();
    }

    void acceptOnly(String key) {
        apiKey = key;
    }

    void close() {
        fetch.close();
    }

    Site.Body requested(Head head, Wire wire) {
        Run run = new Run(new Call(meter.nextNumber(), head), wire);
        meter.arrived(run.call);
        wire.onLost(run::lost);
        return run;
    }

    private final class Run implements Site.Body {
        private final Call call;
        private final Wire wire;
        private final InlineImages body = new InlineImages(pictures);
        private final @Nullable Reply cutUpload = script.take(Moment.Stage.UPLOADING);
        private final int epoch = meter.epoch();
        private boolean over;

        Run(Call call, Wire wire) {
            this.call = call;
            this.wire = wire;
        }

        @Override
        public void part(byte[] bytes, int from, int length) {
            body.write(bytes, from, length);
            call.grew(length);
            if (cutUpload != null && call.bodyBytes() >= cutUpload.moment().uploadedBytes()) {
                reset();
            }
        }

        @Override
        public void end() {
            call.completed(body.text());
            if (cutUpload != null) {
                reset();
                return;
            }
            Refusal refusal = refusal();
            if (refusal != null) {
                perform(refusal.reply(), Content.Video.NONE);
                return;
            }
            Reply reply = script.takeFor(call.received());
            if (reply != null && !reply.isBilled()) {
                perform(reply, Content.Video.NONE);
                return;
            }
            picture()
                    .whenComplete((picture, problem) -> loop.execute(() -> {
                        if (problem == null) {
                            accept(picture, reply == null ? Reply.completed() : reply);
                        } else {
                            perform(unreachable(problem).reply(), Content.Video.NONE);
                        }
                    }));
        }

        private @Nullable Refusal refusal() {
            String account = settings.account();
            if (!call.head().path().equals(Settings.API + "/accounts/" + account + "/ai/run")
                    || !call.head().header("Authorization").equals("Bearer " + apiKey)) {
                return Refusal.authentication();
            } else if (body.tooLarge()) {
                return new Refusal(413, 3006, "Request is too large");
            }
            return SchemaCheck.check(call.json());
        }

        /** The image that was sent or linked to; nothing when links need not lead anywhere. */
        private CompletionStage<@Nullable Picture> picture() {
            String image = input().path("image").asText();
            try {
                if (!image.toLowerCase(Locale.ROOT).startsWith("data:")) {
                    return settings.requireReachableImage()
                            ? fetch.fetch(URI.create(image)).thenApply(picture -> picture)
                            : CompletableFuture.completedFuture(null);
                }
                int digest = image.indexOf(",sha256:");
                if (digest < 0) {
                    throw new IOException("a data: URI without base64 content");
                }
                return CompletableFuture.completedFuture(pictures.find(image.substring(digest + 8)));
            } catch (IOException | IllegalArgumentException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private Refusal unreachable(Throwable problem) {
            Throwable cause = problem.getCause() == null ? problem : problem.getCause();
            return Refusal.input("Invalid input: image: cannot be fetched or is no image (" + cause.getMessage() + ")");
        }

        private void accept(@Nullable Picture picture, Reply reply) {
            int seconds = input().path("duration").asInt(DEFAULT_SECONDS);
            String prompt = input().path("prompt").textValue();
            if (reply.isBilled()) {
                call.billed();
                meter.charge(
                        epoch,
                        new Charge(
                                call.number(),
                                model(),
                                input().path("image").asText(),
                                prompt,
                                input().path("resolution").asText(DEFAULT_RESOLUTION),
                                seconds));
            }
            VideoStore.Link link = videos.issue(new Scene(picture, prompt == null ? "" : prompt, seconds));
            perform(
                    reply,
                    new Content.Video("http://" + call.head().header("Host") + link.target(), settings.envelope()));
        }

        private void perform(Reply reply, Content.Video video) {
            Duration delay =
                    reply.delay() != null ? reply.delay() : reply.isBilled() ? settings.delay() : Duration.ZERO;
            reply.gate().whenComplete((ignored, alsoIgnored) -> {
                if (delay.isZero()) {
                    loop.execute(() -> send(reply, video));
                } else {
                    loop.schedule(delay, () -> send(reply, video));
                }
            });
        }

        private void send(Reply reply, Content.Video video) {
            Answer answer = reply.manner().shape(ResponseHead.of(reply, call.number()), reply.body(video));
            boolean goesOn = answer.ending() == Answer.Ending.HANG;
            if (!goesOn) {
                finished(false);
            }
            wire.send(answer);
        }

        private void reset() {
            body.discard();
            finished(false);
            wire.end(Answer.Ending.RESET);
        }

        private void lost() {
            body.discard();
            finished(true);
        }

        private void finished(boolean abandoned) {
            if (!over) {
                over = true;
                if (abandoned) {
                    meter.abandoned();
                } else {
                    meter.answered();
                }
            }
        }

        private JsonNode input() {
            JsonNode json = call.json();
            return json == null ? MissingNode.getInstance() : json.path("input");
        }

        private String model() {
            JsonNode json = call.json();
            return json == null ? "" : json.path("model").asText();
        }
    }
}
