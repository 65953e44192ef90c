package io.github.camelhh1.simulator.film;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The best filmmaker that the class path allows. It is looked for once, so that a thousand simulators give one warning. */
final class BestFilmmaker {
    private static final Logger LOG = LoggerFactory.getLogger(Filmmaker.class);
    private static final Filmmaker BEST = find();

    private BestFilmmaker() {}

    static Filmmaker best() {
        return BEST;
    }

    private static Filmmaker find() {
        try {
            Class.forName("org.jcodec.api.transcode.SinkImpl", false, BestFilmmaker.class.getClassLoader());
            return new JCodecFilmmaker();
        } catch (ClassNotFoundException e) {
            LOG.warn("JCodec is not on the class path: the simulator serves one short built-in video, whatever the"
                    + " image, the ratio and the duration asked for. The dependency org.jcodec:jcodec renders"
                    + " videos of the images.");
            return Filmmaker.builtIn();
        }
    }
}
