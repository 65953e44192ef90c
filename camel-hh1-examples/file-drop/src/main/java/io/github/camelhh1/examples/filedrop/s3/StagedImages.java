package io.github.camelhh1.examples.filedrop.s3;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who still needs which staged image. Images are staged under the hash of their content, so two equal photos share one
 * object: it may go when the last of them has its outcome. Safe for use by many threads.
 */
public final class StagedImages {
    private static final class Image {
        private final Set<String> photos = new HashSet<>();
        private final Deque<String> expected = new ArrayDeque<>();
        private String key;
        private boolean kept;
    }

    private final Map<String, Image> images = new HashMap<>();

    /** The photo is about to be sent. */
    public synchronized void expect(String sha256, String photo) {
        Image image = images.computeIfAbsent(sha256, hash -> new Image());
        image.photos.add(photo);
        image.expected.add(photo);
    }

    /** The image lies in the bucket. Returns the photo that it was put there for; of equal ones the first that waits. */
    public synchronized Optional<String> staged(String key) {
        Image image = images.get(key.substring(0, key.lastIndexOf('.')));
        if (image == null) {
            return Optional.empty();
        }
        image.key = key;
        return Optional.ofNullable(image.expected.poll());
    }

    /** The outcome of this photo is unknown: the service may yet fetch the image. */
    public synchronized void keep(String sha256) {
        Optional.ofNullable(images.get(sha256)).ifPresent(image -> image.kept = true);
    }

    /** The photo is through. Returns the key that nobody needs any more, if there is one. */
    public synchronized Optional<String> settle(String sha256, String photo) {
        Image image = images.get(sha256);
        if (image == null || !image.photos.remove(photo)) {
            return Optional.empty();
        }
        image.expected.remove(photo);
        if (!image.photos.isEmpty()) {
            return Optional.empty();
        }
        images.remove(sha256);
        return image.kept ? Optional.empty() : Optional.ofNullable(image.key);
    }
}
