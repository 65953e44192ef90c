package io.github.camelhh1.simulator.pictures;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The image that is always there: a PNG of 640 x 360. */
public final class SampleImage {
    private SampleImage() {}

    public static byte[] bytes() {
        try (InputStream in = SampleImage.class.getResourceAsStream("sample.png")) {
            if (in == null) {
                throw new IllegalStateException("the sample image is missing from the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
