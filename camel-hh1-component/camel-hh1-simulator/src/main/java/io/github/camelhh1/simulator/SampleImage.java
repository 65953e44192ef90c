package io.github.camelhh1.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The image behind {@link Hh1Simulator#sampleImageUrl()}. */
final class SampleImage {
    private SampleImage() {}

    static byte[] bytes() {
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
