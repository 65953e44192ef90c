package io.github.camelhh1.examples.fleet.demo;

import java.net.URI;

/** One generation that was paid, as a line between processes. */
record Charged(String photo, String resolution, int seconds) {
    private static final String WORD = "charged";

    /** The image's link, without what signs it, ends with the photo's name. */
    Charged {
        String path = URI.create(photo).getPath();
        photo = path.substring(path.lastIndexOf('/') + 1);
    }

    static boolean isOne(String line) {
        return line.startsWith(WORD + " ");
    }

    static Charged parse(String line) {
        String[] words = line.split(" ");
        return new Charged(words[1], words[2], Integer.parseInt(words[3]));
    }

    @Override
    public String toString() {
        return WORD + " " + photo + " " + resolution + " " + seconds;
    }
}
