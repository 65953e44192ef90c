package io.github.camelhh1.simulator;

import io.github.camelhh1.simulator.pictures.InlineImages;
import io.github.camelhh1.simulator.service.Content;
import io.github.camelhh1.simulator.wire.Answer;
import io.github.camelhh1.simulator.wire.EventLoop;
import io.github.camelhh1.simulator.wire.ResponseHead;
import io.github.camelhh1.simulator.wire.Site;
import io.github.camelhh1.simulator.wire.Wire;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call on its way through: taken in, judged by its service, and answered when it is time. On the loop's thread. */
final class SimulatedCall implements Site.Body {

    /** The rules of the service that is called. */
    interface Service {
        InlineImages newBody();

        /** The call was read in full: it performs a reply, now or later. */
        void read(SimulatedCall call, boolean tooLarge);

        Duration delay(Reply reply);

        Map<String, String> headers(Reply reply, int number);

        /** The call is about to be answered. */
        default void answering(SimulatedCall call, Reply reply, Content.Video video) {}

        EventLoop loop();
    }

    private final Service service;
    private final Meter meter;
    private final TrackedRequest request;
    private final Wire wire;
    private final InlineImages body;
    private final int epoch;
    private final @Nullable Reply cutUpload;
    private boolean over;

    SimulatedCall(Service service, Meter meter, TrackedRequest request, Wire wire, @Nullable Reply cutUpload) {
        this.service = service;
        this.meter = meter;
        this.request = request;
        this.wire = wire;
        this.body = service.newBody();
        this.epoch = meter.epoch();
        this.cutUpload = cutUpload;
        wire.onLost(this::lost);
    }

    TrackedRequest request() {
        return request;
    }

    int epoch() {
        return epoch;
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
        } else {
            service.read(this, body.tooLarge());
        }
    }

    void perform(Reply reply, Content.Video video) {
        Duration delay = service.delay(reply);
        reply.gate().whenComplete((ignored, alsoIgnored) -> {
            if (delay.isZero()) {
                service.loop().execute(() -> send(reply, video));
            } else {
                service.loop().schedule(delay, () -> send(reply, video));
            }
        });
    }

    private void send(Reply reply, Content.Video video) {
        service.answering(this, reply, video);
        String head = ResponseHead.text(reply.status(), service.headers(reply, request.number()));
        Answer answer = reply.shape().answer(head, reply.body(video));
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
            meter.answered(request);
        }
    }

    private void lost() {
        body.discard();
        if (!over) {
            over = true;
            meter.abandoned(request);
        }
    }
}
