package io.github.camelhh1.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SanitizableData;

/**
 * The properties of Spring Boot are those of {@code hh1.json}. {@code mvn test -Dtest=SpringPropertiesTest
 * -Dhh1.docs.update=true} writes both files anew.
 */
class SpringPropertiesTest {
    private static final Path GENERATED = Path.of("src/generated");
    private static final Path JAVA =
            GENERATED.resolve("java/io/github/camelhh1/springboot/Hh1ComponentConfiguration.java");
    private static final Path METADATA = GENERATED.resolve("resources/META-INF/spring-configuration-metadata.json");
    private static final String TYPE = "io.github.camelhh1.springboot.Hh1ComponentConfiguration";
    private static final String PREFIX = "camel.component.hh1";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Map<String, JsonNode> options = new TreeMap<>();

    SpringPropertiesTest() throws IOException {
        JsonNode component = JSON.readTree(GENERATED
                .resolve("resources/META-INF/io/github/camelhh1/hh1.json")
                .toFile());
        component
                .get("componentProperties")
                .properties()
                .forEach(option -> options.put(option.getKey(), option.getValue()));
    }

    @Test
    void theClassHasEveryOptionOfTheComponent() throws IOException {
        isUpToDate(JAVA, source());
    }

    @Test
    void theMetadataHasEveryOptionOfTheComponent() throws IOException {
        isUpToDate(METADATA, metadata());
    }

    @Test
    void theActuatorShowsNoSecretAmongTheOptions() {
        var function = new Hh1ComponentAutoConfiguration.Secrets().hh1SanitizingFunction();
        options.forEach((name, option) -> {
            var shown = function.apply(new SanitizableData(null, PREFIX + "." + name, "canary"));
            assertThat(shown.getValue())
                    .as(name)
                    .isEqualTo(option.path("secret").asBoolean() ? SanitizableData.SANITIZED_VALUE : "canary");
        });
        assertThat(options.values()).anyMatch(option -> option.path("secret").asBoolean());
    }

    private static void isUpToDate(Path file, String content) throws IOException {
        if (Boolean.getBoolean("hh1.docs.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        }
        assertThat(file).content().isEqualTo(content);
    }

    /** Objects are references to beans, or texts that the component converts. */
    private static String type(JsonNode option) {
        return switch (option.get("type").asText()) {
            case "boolean" -> "java.lang.Boolean";
            case "integer" ->
                option.get("javaType").asText().toLowerCase(Locale.ROOT).endsWith("long")
                        ? "java.lang.Long"
                        : "java.lang.Integer";
            case "duration" -> "java.time.Duration";
            default -> "java.lang.String";
        };
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    private String source() {
        var text = new StringBuilder("""
                package io.github.camelhh1.springboot;

                import java.time.Duration;
                import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
                import org.springframework.boot.context.properties.ConfigurationProperties;

                /** Generated from {@code hh1.json}. A field without a value leaves the component's own as it is. */
                @ConfigurationProperties(prefix = "%s", ignoreUnknownFields = false)
                public class Hh1ComponentConfiguration extends ComponentConfigurationPropertiesCommon {
                """.formatted(PREFIX));
        options.forEach((name, option) -> text.append("    private %s %s;\n".formatted(simple(type(option)), name)));
        options.forEach((name, option) -> {
            String type = simple(type(option));
            String method = Character.toUpperCase(name.charAt(0)) + name.substring(1);
            text.append("""

                        public %s get%s() {
                            return %s;
                        }

                        public void set%s(%s %s) {
                            this.%s = %s;
                        }
                    """.formatted(type, method, name, method, type, name, name, name)
                    .indent(0));
        });
        return text.append("}\n").toString();
    }

    private String metadata() throws IOException {
        ObjectNode all = JSON.createObjectNode();
        all.putArray("groups").addObject().put("name", PREFIX).put("type", TYPE).put("sourceType", TYPE);
        var properties = all.putArray("properties");
        property(properties.addObject(), "enabled", "java.lang.Boolean", "Whether the component is auto-configured.")
                .put("defaultValue", true);
        property(
                        properties.addObject(),
                        "customizer.enabled",
                        "java.lang.Boolean",
                        "Whether these properties are set on the component.")
                .put("defaultValue", true);
        var hints = all.putArray("hints");
        options.forEach((name, option) -> {
            ObjectNode property = property(
                    properties.addObject(),
                    dashed(name),
                    type(option),
                    option.get("description").asText());
            if (option.has("defaultValue")) {
                property.set("defaultValue", option.get("defaultValue"));
            }
            if (option.has("enum")) {
                var values = hints.addObject()
                        .put("name", PREFIX + "." + dashed(name))
                        .putArray("values");
                option.get("enum").forEach(value -> values.addObject().set("value", value));
            }
        });
        return JSON.writeValueAsString(all) + "\n";
    }

    private static ObjectNode property(ObjectNode property, String name, String type, String description) {
        return property.put("name", PREFIX + "." + name)
                .put("type", type)
                .put("description", description)
                .put("sourceType", TYPE);
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
