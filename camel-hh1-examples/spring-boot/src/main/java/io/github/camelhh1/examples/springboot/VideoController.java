package io.github.camelhh1.examples.springboot;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /videos} takes a photo and answers 202 with the URL of its status. A caller that repeats a request, since its
 * answer was lost, sends the same {@code Idempotency-Key} and gets the answer for the same video.
 */
@RestController
class VideoController {
    /** Part of file names and URLs. */
    private static final String KEY = "[A-Za-z0-9][A-Za-z0-9_-]{7,63}";

    private static final String TOO_LONG =
            "the photo is longer than " + (VideoFolder.LONGEST_PHOTO >> 20) + " MB; send a smaller one";

    private final VideoFolder folder;

    VideoController(VideoFolder folder) {
        this.folder = folder;
    }

    @PostMapping("/videos")
    ResponseEntity<?> accept(
            @RequestHeader(name = "Idempotency-Key", defaultValue = "") String key,
            @RequestHeader(name = "Prompt", defaultValue = "") String prompt,
            @RequestHeader(name = "Content-Length", defaultValue = "0") long length,
            @RequestHeader(name = "Content-Type", defaultValue = "") String type,
            InputStream photo)
            throws IOException {
        if (!key.matches(KEY)) {
            return refused(
                    400,
                    "Idempotency-Key: it must have 8 to 64 letters, digits, hyphens and underscores, and begin with a letter"
                            + " or a digit; send a new one for each new video, and the same one to repeat a request");
        } else if (length > VideoFolder.LONGEST_PHOTO) {
            return refused(413, TOO_LONG);
        } else if (type.startsWith("multipart/")) {
            return refused(415, "send the photo itself as the body, not a form (curl: --data-binary, not -F)");
        }
        return switch (folder.accept(key, prompt, photo)) {
            case NEW, REPEATED ->
                ResponseEntity.accepted().location(URI.create("/videos/" + key)).body(body(key));
            case KEY_USED_FOR_ANOTHER ->
                refused(
                        409,
                        "Idempotency-Key: " + key
                                + " was used for another photo or prompt; send a new key for a new video");
            case EMPTY -> refused(400, "the body is empty; send a photo (JPEG, PNG or WEBP) as the body");
            case TOO_LONG -> refused(413, TOO_LONG);
            case NO_IMAGE -> refused(415, "the body is no JPEG, PNG or WEBP image, whatever it is called; convert it");
        };
    }

    @GetMapping("/videos/{key}")
    ResponseEntity<?> status(@PathVariable("key") String key) throws IOException {
        return isKnown(key) ? ResponseEntity.ok(body(key)) : unknown();
    }

    @GetMapping("/videos/{key}/video")
    ResponseEntity<?> video(@PathVariable("key") String key) {
        if (!isKnown(key)) {
            return unknown();
        }
        return folder.video(key)
                .<ResponseEntity<?>>map(video -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType("video/mp4"))
                        .body(new FileSystemResource(video)))
                .orElseGet(() -> refused(404, "the video is not there; ask /videos/" + key + " for its state"));
    }

    private boolean isKnown(String key) {
        return key.matches(KEY) && folder.isKnown(key);
    }

    private Map<String, Object> body(String key) throws IOException {
        var body = new LinkedHashMap<String, Object>();
        body.put("key", key);
        String failure = folder.failure(key).orElse(null);
        if (folder.video(key).isPresent()) {
            body.put("state", "done");
            body.put("video", "/videos/" + key + "/video");
        } else if (failure != null) {
            body.put("state", "failed");
            body.put("reason", failure);
        } else {
            String waitsBecause = folder.waitsBecause(key).orElse(null);
            body.put("state", waitsBecause == null ? "working" : "waiting");
            if (waitsBecause != null) {
                body.put("reason", waitsBecause);
            }
        }
        return body;
    }

    private static ResponseEntity<?> unknown() {
        return refused(404, "there is no video of this key; POST a photo to /videos first");
    }

    private static ResponseEntity<?> refused(int status, String reason) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("error", reason));
    }
}
