package io.github.camelhh1.simulator;

import io.github.camelhh1.image.ImageFormat;
import io.github.camelhh1.simulator.wire.Head;
import io.github.camelhh1.simulator.wire.Site;
import io.github.camelhh1.simulator.wire.Wire;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which request goes where: the run API, the videos, and the images that tests put up. */
final class Router implements Site {
    static final String IMAGES = "/images/";

    private final RunApi runs;
    private final Downloads downloads;
    private final Script script;
    private final Meter meter;
    private final Map<String, byte[]> images = new ConcurrentHashMap<>();

    Router(RunApi runs, Downloads downloads, Script script, Meter meter) {
        this.runs = runs;
        this.downloads = downloads;
        this.script = script;
        this.meter = meter;
    }

    /** Puts an image up, and returns its path. */
    String putUp(String name, byte[] content) {
        images.put(IMAGES + name, content.clone());
        return IMAGES + name;
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
            return runs.requested(head, wire);
        }
        return new Ignored(() -> get(head, wire));
    }

    private void strike(Moment.Stage stage, Wire wire) {
        Reply reply = script.take(stage);
        if (reply != null) {
            wire.end(reply.manner().shape("", new byte[0]).ending());
        }
    }

    private void get(Head head, Wire wire) {
        byte[] image = images.get(head.path());
        if (head.path().startsWith(Downloads.PREFIX)) {
            meter.downloading(new Call(meter.nextNumber(), head));
            downloads.serve(head, wire);
        } else if (image != null) {
            String contentType = ImageFormat.sniff(image).contentType();
            wire.send(Downloads.whole(200, Map.of("Content-Type", contentType), image));
        } else {
            wire.send(Downloads.bare(404));
        }
    }

    /** A body that nobody wants to know. */
    private record Ignored(Runnable then) implements Body {
        @Override
        public void part(byte[] bytes, int from, int length) {}

        @Override
        public void end() {
            then.run();
        }
    }
}
