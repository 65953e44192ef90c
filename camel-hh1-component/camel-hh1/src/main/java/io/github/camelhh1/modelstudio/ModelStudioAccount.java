package io.github.camelhh1.modelstudio;

import io.github.camelhh1.generation.GenerationRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The addresses of the service.
 *
 * @param api such as {@code https://dashscope-intl.aliyuncs.com/api/v1}
 * @param model the service's own id of the model
 */
public record ModelStudioAccount(String api, String model) {

    /** Tasks are created there. */
    public URI createUri() {
        return URI.create(api + "/services/aigc/video-generation/video-synthesis");
    }

    URI taskUri(String id) {
        return URI.create(api + "/tasks/" + id);
    }

    /** Of all tasks of this model and the last 24 hours. The zone of the service's times is documented nowhere. */
    URI listUri(String ofModel, int page, int size) {
        return URI.create(api + "/tasks/?model_name=" + URLEncoder.encode(ofModel, StandardCharsets.UTF_8) + "&page_no="
                + page + "&page_size=" + size);
    }

    URI cancelUri(String id) {
        return URI.create(api + "/tasks/" + id + "/cancel");
    }

    static Map<String, String> headers(String key) {
        return Map.of("Authorization", "Bearer " + key, "Accept", "application/json");
    }

    static Map<String, String> createHeaders(String key) {
        var headers = new LinkedHashMap<>(headers(key));
        headers.put("X-DashScope-Async", "enable");
        return headers;
    }

    /** The JSON of a request. The service has no negative prompt. */
    public static Map<String, Object> request(String model, GenerationRequest request) {
        Map<String, Object> parameters = request.fields();
        Object image = parameters.remove("image");
        Object prompt = parameters.remove("prompt");
        var input = new LinkedHashMap<String, Object>();
        if (prompt != null) {
            input.put("prompt", prompt);
        }
        input.put("media", List.of(Map.of("type", "first_frame", "url", String.valueOf(image))));
        var json = new LinkedHashMap<String, Object>();
        json.put("model", model);
        json.put("input", input);
        json.put("parameters", parameters);
        return json;
    }
}
