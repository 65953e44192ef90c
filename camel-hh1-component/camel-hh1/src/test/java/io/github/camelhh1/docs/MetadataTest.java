package io.github.camelhh1.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Constants;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.TimeUtils;
import org.junit.jupiter.api.Test;

/** The metadata, which tools show, says the defaults of the code and names every header. */
class MetadataTest {
    private static final Path METADATA = Path.of("src/generated/resources/META-INF/io/github/camelhh1/hh1.json");

    private static void areTrue(JsonNode options, PropertyConfigurerGetter getter, Object target, Set<String> unknown) {
        for (Map.Entry<String, JsonNode> option : options.properties()) {
            JsonNode about = option.getValue();
            // Camel's own scheduler decides what is not set.
            if (unknown.contains(option.getKey())
                    || about.path("label").asText().contains("scheduler")) {
                continue;
            }
            Object value = getter.getOptionValue(target, option.getKey(), true);
            String shown = about.has("defaultValue") ? about.get("defaultValue").asText() : null;
            boolean duration = about.path("type").asText().equals("duration");
            assertThat(shown != null && duration ? String.valueOf(TimeUtils.toMilliSeconds(shown)) : shown)
                    .as("default of %s", option.getKey())
                    .isEqualTo(value == null ? null : value.toString());
        }
    }

    @Test
    void hasTheDefaultsOfTheCode() throws IOException {
        JsonNode metadata = new ObjectMapper().readTree(METADATA.toFile());
        try (var context = new DefaultCamelContext()) {
            var component = new Hh1Component(context);
            context.addComponent("hh1", component);
            var configurers = PluginHelper.getConfigurerResolver(context);
            areTrue(
                    metadata.path("componentProperties"),
                    (PropertyConfigurerGetter) configurers.resolvePropertyConfigurer("hh1-component", context),
                    component,
                    Set.of("ledger", "configuration"));
            areTrue(
                    metadata.path("properties"),
                    (PropertyConfigurerGetter) configurers.resolvePropertyConfigurer("hh1-endpoint", context),
                    context.getEndpoint("hh1:generate"),
                    Set.of("operation", "exchangePattern"));
        }
    }

    @Test
    void hasNoDefaultWhereTheServiceDecides() throws IOException {
        JsonNode options = new ObjectMapper().readTree(METADATA.toFile()).path("properties");
        for (String field :
                Set.of("image", "prompt", "negativePrompt", "resolution", "duration", "seed", "watermark")) {
            assertThat(options.path(field).has("defaultValue")).as(field).isFalse();
        }
        try (var context = new DefaultCamelContext()) {
            context.start();
            var estimate = context.createProducerTemplate()
                    .requestBody("hh1:estimate", (Object) "https://images.example/1.png", Map.class);
            assertThat(((Map<?, ?>) ((Map<?, ?>) estimate.get("request")).get("input")))
                    .hasToString("{image=https://images.example/1.png}");
        }
    }

    @Test
    void namesEveryHeaderAndTheExchangeProperty() throws IOException {
        JsonNode headers = new ObjectMapper().readTree(METADATA.toFile()).path("headers");
        for (Map.Entry<String, JsonNode> header : headers.properties()) {
            assertThat(header.getValue().path("displayName").asText())
                    .as(header.getKey())
                    .isNotBlank();
        }
        assertThat(headers.path(Hh1Constants.FULL_RESPONSE).path("description").asText())
                .startsWith("Exchange property");
    }
}
