package io.github.camelhh1.generation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request to the model; a body of {@code hh1:generate}. Only fields that are set are sent: null is left to the
 * service. Values are checked when the request is read, all at once; see {@link RequestRules}.
 *
 * @param image absolute http(s) URL or {@code data:image/…}
 * @param prompt describes the video
 * @param negativePrompt describes what the video must not show
 * @param resolution {@code 720P} or {@code 1080P}
 * @param duration seconds, 3 to 15
 * @param seed 0 to 2147483647
 * @param watermark whether the provider stamps the video
 */
public record GenerationRequest(
        @Nullable String image,
        @Nullable String prompt,
        @Nullable String negativePrompt,
        @Nullable String resolution,
        @Nullable Integer duration,
        @Nullable Integer seed,
        @Nullable Boolean watermark) {

    /** Nothing set. */
    public static final GenerationRequest EMPTY = new GenerationRequest(null, null, null, null, null, null, null);

    public GenerationRequest withImage(@Nullable String url) {
        return new GenerationRequest(url, prompt, negativePrompt, resolution, duration, seed, watermark);
    }

    public GenerationRequest withPrompt(String text) {
        return new GenerationRequest(image, text, negativePrompt, resolution, duration, seed, watermark);
    }

    public GenerationRequest withNegativePrompt(String text) {
        return new GenerationRequest(image, prompt, text, resolution, duration, seed, watermark);
    }

    public GenerationRequest withResolution(String name) {
        return new GenerationRequest(image, prompt, negativePrompt, name, duration, seed, watermark);
    }

    public GenerationRequest withDuration(int seconds) {
        return new GenerationRequest(image, prompt, negativePrompt, resolution, seconds, seed, watermark);
    }

    public GenerationRequest withSeed(int value) {
        return new GenerationRequest(image, prompt, negativePrompt, resolution, duration, value, watermark);
    }

    public GenerationRequest withWatermark(boolean value) {
        return new GenerationRequest(image, prompt, negativePrompt, resolution, duration, seed, value);
    }

    /** The fields that were set, under the model's own names, in the order of its schema. */
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        put(fields, "image", image);
        put(fields, "prompt", prompt);
        put(fields, "negative_prompt", negativePrompt);
        put(fields, "resolution", resolution);
        put(fields, "duration", duration);
        put(fields, "seed", seed);
        put(fields, "watermark", watermark);
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    /** Without the prompts and the image: safe for any log. */
    @Override
    public String toString() {
        return "GenerationRequest[resolution=" + resolution + ", duration=" + duration + ", seed=" + seed
                + ", watermark=" + watermark + "]";
    }
}
