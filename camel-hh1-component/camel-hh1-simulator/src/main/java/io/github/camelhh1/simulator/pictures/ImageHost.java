package io.github.camelhh1.simulator.pictures;

import io.github.camelhh1.simulator.wire.Head;
import io.github.camelhh1.simulator.wire.PlainAnswer;
import io.github.camelhh1.simulator.wire.Site;
import io.github.camelhh1.simulator.wire.Wire;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves the images that tests put up. It has a port of its own, so that a fault scripted for the next connection does
 * not affect the simulator's own fetch of an image.
 */
public final class ImageHost implements Site {
    private static final String PREFIX = "/images/";

    private final Map<String, byte[]> images = new ConcurrentHashMap<>();

    /** Puts an image up, and returns its path. */
    public String putUp(String name, byte[] content) {
        images.put(PREFIX + name, content.clone());
        return PREFIX + name;
    }

    @Override
    public void connected(Wire wire) {}

    @Override
    public void arriving(Wire wire) {}

    @Override
    public Body requested(Head head, Wire wire) {
        return Body.ignored(() -> {
            byte[] image = images.get(head.path());
            wire.send(
                    image == null
                            ? PlainAnswer.bare(404)
                            : PlainAnswer.whole(
                                    200,
                                    Map.of("Content-Type", FileKind.of(image).contentType()),
                                    image));
        });
    }
}
