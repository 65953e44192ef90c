package io.github.camelhh1.simulator.film;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Turns a scene into an MP4 file. */
@FunctionalInterface
interface Filmmaker {
    void film(Scene scene, Path target) throws IOException;

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
}
