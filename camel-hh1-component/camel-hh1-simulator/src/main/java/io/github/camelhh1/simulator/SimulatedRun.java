package io.github.camelhh1.simulator;

import io.github.camelhh1.simulator.pictures.InlineImages;
import io.github.camelhh1.simulator.pictures.Picture;
import io.github.camelhh1.simulator.service.Content;
import io.github.camelhh1.simulator.service.Refusal;
import io.github.camelhh1.simulator.service.ServiceHeaders;
import io.github.camelhh1.simulator.wire.Answer;
import io.github.camelhh1.simulator.wire.ResponseHead;
import io.github.camelhh1.simulator.wire.Site;
import io.github.camelhh1.simulator.wire.Wire;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run request on its way through: taken in, checked, charged, and answered when it is time. On the loop's thread. */
final class SimulatedRun implements Site.Body {
    private final RunApi api;
    private final TrackedRequest request;
    private final Wire wire;
    private final InlineImages body;
    private final int epoch;
    private final @Nullable Reply cutUpload;
    private boolean over;

    SimulatedRun(RunApi api, TrackedRequest request, Wire wire, @Nullable Reply cutUpload) {
        this.api = api;
        this.request = request;
        this.wire = wire;
        this.body = api.newBody();
        this.epoch = api.meter().epoch();
        this.cutUpload = cutUpload;
        wire.onLost(this::lost);
    }

    @Override
    public void part(byte[] bytes, int from, int length) {
        body.write(bytes, from, length);
        request.grew(length);
        if (cutUpload != null && request.bodyBytes() >= cutUpload.moment().uploadedBytes()) {
            reset();
        }
    }

    @Override
    public void end() {
        request.completed(body.text());
        if (cutUpload != null) {
            reset();
            return;
        }
        Refusal refusal = api.refusal(request, body.tooLarge());
        if (refusal != null) {
            refuse(refusal);
            return;
        }
        Reply scripted = api.scripted(request);
        Reply reply = scripted == null ? Reply.completed() : scripted;
        if (reply.isBilled()) {
            api.picture(request)
                    .whenComplete((picture, problem) -> api.loop().execute(() -> found(picture, problem, reply)));
        } else {
            perform(reply, Content.Video.NONE);
        }
    }

    private void found(@Nullable Picture picture, @Nullable Throwable problem, Reply reply) {
        if (problem != null) {
            Throwable cause = problem.getCause() == null ? problem : problem.getCause();
            String text = "Invalid input: image: cannot be fetched or is no image (" + cause.getMessage() + ")";
            refuse(Refusal.input(text));
        } else {
            perform(reply, api.accept(request, epoch, picture));
        }
    }

    private void refuse(Refusal refusal) {
        perform(Reply.error(refusal.status(), refusal.code(), refusal.message()), Content.Video.NONE);
    }

    private void perform(Reply reply, Content.Video video) {
        Duration delay = api.delay(reply);
        reply.gate().whenComplete((ignored, alsoIgnored) -> {
            if (delay.isZero()) {
                api.loop().execute(() -> send(reply, video));
            } else {
                api.loop().schedule(delay, () -> send(reply, video));
            }
        });
    }

    private void send(Reply reply, Content.Video video) {
        Map<String, String> fields = ServiceHeaders.of(reply.status(), reply.headers(), request.number());
        Answer answer = reply.shape().answer(ResponseHead.text(reply.status(), fields), reply.body(video));
        if (answer.ending() != Answer.ConnectionEnd.HANG) {
            answered();
        }
        wire.send(answer);
    }

    private void reset() {
        body.discard();
        answered();
        wire.end(Answer.ConnectionEnd.RESET);
    }

    private void answered() {
        if (!over) {
            over = true;
            api.meter().answered();
        }
    }

    private void lost() {
        body.discard();
        if (!over) {
            over = true;
            api.meter().abandoned();
        }
    }
}
