package io.github.camelhh1.simulator;

import io.github.camelhh1.simulator.wire.Head;
import io.github.camelhh1.simulator.wire.PlainAnswer;
import io.github.camelhh1.simulator.wire.Site;
import io.github.camelhh1.simulator.wire.Wire;

/** Which request goes where, and which connection does not live that long. */
final class Router implements Site {
    private final RunApi runs;
    private final Downloads downloads;
    private final Script script;
    private final Meter meter;

    Router(RunApi runs, Downloads downloads, Script script, Meter meter) {
        this.runs = runs;
        this.downloads = downloads;
        this.script = script;
        this.meter = meter;
    }

    @Override
    public void connected(Wire wire) {
        strike(Moment.Stage.CONNECTED, wire);
    }

    @Override
    public void arriving(Wire wire) {
        strike(Moment.Stage.ARRIVING, wire);
    }

    @Override
    public Body requested(Head head, Wire wire) {
        if (head.method().equals("POST") && head.path().endsWith("/ai/run")) {
            return run(head, wire);
        } else if (head.path().startsWith(Downloads.PREFIX)) {
            meter.downloading(new TrackedRequest(meter.nextNumber(), head));
            return Body.ignored(() -> downloads.serve(head, wire));
        }
        return Body.ignored(() -> wire.send(PlainAnswer.bare(404)));
    }

    /** Takes a run request in, whatever becomes of it. */
    private Body run(Head head, Wire wire) {
        TrackedRequest request = new TrackedRequest(meter.nextNumber(), head);
        meter.arrived(request);
        return new SimulatedRun(runs, request, wire, script.take(Moment.Stage.UPLOADING));
    }

    private void strike(Moment.Stage stage, Wire wire) {
        Reply reply = script.take(stage);
        if (reply != null) {
            wire.end(reply.shape().answer("", new byte[0]).ending());
        }
    }
}
