package io.github.camelhh1.simulator.film;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a scene into an MP4 file. */
@FunctionalInterface
interface Filmmaker {
    void film(Scene scene, Path target) throws IOException;

    /** The best that the class path allows. */
    static Filmmaker best() {
        return Best.FILMMAKER;
    }

    /** The same short video for every scene. */
    static Filmmaker builtIn() {
        return (scene, target) -> {
            try (InputStream video =
                    Filmmaker.class.getResourceAsStream("/io/github/camelhh1/simulator/built-in.mp4")) {
                if (video == null) {
                    throw new IOException("the built-in video is missing from the class path");
                }
                Files.copy(video, target);
            }
        };
    }

    /** Looked for once, so that a thousand simulators give one warning. */
    final class Best {
        private static final Logger LOG = LoggerFactory.getLogger(Filmmaker.class);
        private static final Filmmaker FILMMAKER = find();

        private Best() {}

        private static Filmmaker find() {
            try {
                Class.forName("org.jcodec.api.transcode.SinkImpl", false, Filmmaker.class.getClassLoader());
                return new JCodecFilmmaker();
            } catch (ClassNotFoundException e) {
                LOG.warn("JCodec is not on the class path: the simulator serves one short built-in video, whatever the"
                        + " image, the ratio and the duration asked for. The dependency org.jcodec:jcodec makes the"
                        + " videos real.");
                return builtIn();
            }
        }
    }
}
