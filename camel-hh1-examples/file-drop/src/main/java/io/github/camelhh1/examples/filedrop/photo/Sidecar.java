package io.github.camelhh1.examples.filedrop.photo;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of the file beside a photo: {@code photo.txt} is the prompt, {@code photo.json} an object with any input
 * field of the model but the image. Values are passed on as they are: the component knows the rules and names all
 * violations at once.
 */
final class Sidecar {
    private static final int LONGEST = 1024 * 1024;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Sidecar() {}

    /** The fields by the model's own names; empty when there is no sidecar. */
    static Map<String, Object> read(List<Path> sidecars) throws SidecarException, IOException {
        if (sidecars.isEmpty()) {
            return Map.of();
        }
        if (sidecars.size() > 1) {
            throw new SidecarException("there are two sidecars, " + name(sidecars.get(0)) + " and "
                    + name(sidecars.get(1)) + ": keep one of them");
        }
        Path sidecar = sidecars.get(0);
        String text = text(sidecar);
        return name(sidecar).endsWith(".txt") ? Map.of("prompt", prompt(sidecar, text)) : fields(sidecar, text);
    }

    private static String text(Path sidecar) throws SidecarException, IOException {
        if (Files.size(sidecar) > LONGEST) {
            throw new SidecarException(name(sidecar) + " is longer than 1 MB: is it the right file?");
        }
        try {
            String text = Files.readString(sidecar, StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new SidecarException(name(sidecar) + " is not UTF-8 text: save it as UTF-8");
        }
    }

    private static String prompt(Path sidecar, String text) throws SidecarException {
        if (text.isBlank()) {
            throw new SidecarException(name(sidecar) + " is empty: write the prompt into it, or remove it");
        }
        return text.strip();
    }

    private static Map<String, Object> fields(Path sidecar, String text) throws SidecarException {
        Map<String, Object> fields;
        try {
            fields = JSON.readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (JsonProcessingException e) {
            String place =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
            throw new SidecarException(name(sidecar) + " is not a JSON object: " + e.getOriginalMessage() + place
                    + "; write it like {\"prompt\": \"...\", \"duration\": 5}");
        }
        if (fields == null) {
            throw new SidecarException(name(sidecar) + " holds null: write an object such as {\"duration\": 5}");
        }
        if (fields.containsKey("image")) {
            throw new SidecarException(
                    "image in " + name(sidecar) + ": the image is the photo beside the sidecar; remove the field");
        }
        fields.values().removeIf(value -> value == null);
        return fields;
    }

    private static String name(Path sidecar) {
        return sidecar.getFileName().toString();
    }
}
