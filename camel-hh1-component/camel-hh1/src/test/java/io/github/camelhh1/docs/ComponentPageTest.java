package io.github.camelhh1.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tables of the component page are written from the component's own metadata and meters. {@code -Dhh1.docs.update=true} writes
 * them anew; without it a page that differs is a failure.
 */
class ComponentPageTest {
    private static final Path PAGE = Path.of("src/main/docs/hh1-component.adoc");
    private static final Path METADATA = Path.of("src/generated/resources/META-INF/io/github/camelhh1/hh1.json");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");
    private static final Pattern TABLE =
            Pattern.compile("// table: (\\w+)\n(?:\n\\[cols=[^\n]*\n\\|===\n.*?\n\\|===\n)?", Pattern.DOTALL);

    @Test
    void theTablesAreThoseOfTheMetadataAndOfTheMeters() throws Exception {
        String page = Files.readString(PAGE);
        JsonNode metadata = new ObjectMapper().readTree(METADATA.toFile());
        Matcher table = TABLE.matcher(page);
        var expected = new StringBuilder();
        while (table.find()) {
            String section = table.group(1);
            String rows = section.equals("meters") ? LiveMeters.read().table() : table(section, metadata.path(section));
            table.appendReplacement(expected, Matcher.quoteReplacement("// table: " + section + "\n" + rows));
        }
        table.appendTail(expected);
        if (Boolean.getBoolean("hh1.docs.update")) {
            Files.writeString(PAGE, expected);
        } else {
            assertThat(page)
                    .as("tables of %s; -Dhh1.docs.update=true writes them anew", PAGE)
                    .isEqualTo(expected.toString());
        }
    }

    @Test
    void theTestsOfThePatternsExistAndAreNamed() throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("== Composes with"), page.indexOf("== Options of the component"));
        var named = TEST.matcher(section).results().map(test -> test.group(1)).collect(Collectors.toSet());
        assertThat(TestSources.names()).containsAll(named);
        for (Path source : TestSources.all()) {
            if (source.getParent().endsWith("composing") && source.toString().endsWith("Test.java")) {
                assertThat(named).contains(TestSources.name(source));
            }
        }
    }

    private static String table(String section, JsonNode rows) {
        boolean headers = section.equals("headers");
        assertThat(rows.size()).as(section).isPositive();
        var table = new StringBuilder(
                headers
                        ? "\n[cols=\"2,1,4\",options=\"header\"]\n|===\n| header | type | what\n"
                        : "\n[cols=\"2,1,1,4\",options=\"header\"]\n|===\n| option | type | default | what\n");
        rows.properties().forEach(row -> {
            JsonNode about = row.getValue();
            String type = about.path("javaType").asText().replaceAll("<.*>", "");
            table.append("| `").append(row.getKey()).append("` | ").append(type.substring(type.lastIndexOf('.') + 1));
            if (!headers) {
                table.append(" | ").append(about.path("defaultValue").asText());
            }
            table.append(" | ").append(text(about)).append('\n');
        });
        return table.append("|===\n").toString();
    }

    private static String text(JsonNode about) {
        String kind = about.path("kind").asText().equals("path") ? "*Path.* " : "";
        String secret = about.path("secret").asBoolean() ? "*Secret.* " : "";
        String values = about.has("enum")
                        && !about.path("description")
                                .asText()
                                .contains(about.path("enum").path(0).asText())
                ? " One of " + about.path("enum") + "."
                : "";
        return kind
                + secret
                + about.path("description").asText().replace("|", "\\|").replace("{", "\\{")
                + values;
    }
}
