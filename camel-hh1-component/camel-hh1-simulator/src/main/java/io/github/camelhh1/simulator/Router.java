package io.github.camelhh1.simulator;

import io.github.camelhh1.simulator.gateway.Gateway;
import io.github.camelhh1.simulator.task.TaskKind;
import io.github.camelhh1.simulator.wire.Head;
import io.github.camelhh1.simulator.wire.Moment;
import io.github.camelhh1.simulator.wire.PlainAnswer;
import io.github.camelhh1.simulator.wire.Site;
import io.github.camelhh1.simulator.wire.Wire;

/** Gives each request to its handler, and applies the faults that end a connection earlier. */
final class Router implements Site {
    private final RunApi runs;
    private final TaskApi tasks;
    private final Gateway gateway;
    private final Downloads downloads;
    private final Script script;
    private final Meter meter;

    Router(RunApi runs, TaskApi tasks, Gateway gateway, Downloads downloads, Script script, Meter meter) {
        this.runs = runs;
        this.tasks = tasks;
        this.gateway = gateway;
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
            return run(runs, meter.track(head), wire);
        } else if (head.method().equals("GET") && gateway.serves(head.path())) {
            return Body.ignored(() -> wire.send(gateway.answer(head)));
        } else if (head.path().startsWith(TaskApi.BASE)) {
            TaskKind kind = TaskApi.kind(head);
            return kind == null ? Body.ignored(() -> wire.send(PlainAnswer.bare(404))) : call(kind, head, wire);
        } else if (head.path().startsWith(Downloads.PREFIX)) {
            meter.downloading(meter.track(head));
            return Body.ignored(() -> downloads.serve(head, wire));
        }
        return Body.ignored(() -> wire.send(PlainAnswer.bare(404)));
    }

    /** Counts a run request, whatever its outcome. */
    private Body run(SimulatedCall.Service service, TrackedRequest request, Wire wire) {
        meter.arrived(request);
        return new SimulatedCall(service, meter, request, wire, script.take(Moment.Stage.UPLOADING));
    }

    private Body call(TaskKind kind, Head head, Wire wire) {
        TrackedRequest request = meter.track(head);
        meter.calling(kind, request);
        return kind == TaskKind.CREATE
                ? run(tasks, request, wire)
                : new SimulatedCall(tasks, meter, request, wire, null);
    }

    private void strike(Moment.Stage stage, Wire wire) {
        Reply reply = script.take(stage);
        if (reply != null) {
            wire.end(reply.shape().answer("", new byte[0]).ending());
        }
    }
}
