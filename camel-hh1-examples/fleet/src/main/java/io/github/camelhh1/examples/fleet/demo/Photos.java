package io.github.camelhh1.examples.fleet.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Sample photos, as many as one likes. */
final class Photos {
    private static final List<String> SAMPLES = List.of("horse.jpg", "lighthouse.png", "tea.webp");

    private Photos() {}

    static String name(int number) {
        return "%02d-%s".formatted(number, SAMPLES.get((number - 1) % SAMPLES.size()));
    }

    static byte[] content(String name) throws IOException {
        try (InputStream photo = Photos.class.getResourceAsStream("/samples/" + name.replaceFirst("^[0-9]+-", ""))) {
            return photo.readAllBytes();
        }
    }
}
