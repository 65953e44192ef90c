package io.github.camelhh1.examples.filedrop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.StreamCache;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The YAML and XML routes that the documents show are routes; the one of the README runs. */
class DocumentedRoutesTest {
    private static final Path ROOT = Path.of("../..");

    private static List<String> snippets(String document, String language) throws IOException {
        String text = Files.readString(ROOT.resolve(document));
        return Pattern.compile(
                        "```" + language + "\n(.*?)```|\\[source," + language + "]\n----\n(.*?)----", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(DocumentedRoutesTest::code)
                .filter(code -> code.contains("from"))
                .toList();
    }

    private static String code(MatchResult snippet) {
        return snippet.group(1) != null ? snippet.group(1) : snippet.group(2);
    }

    private static void load(CamelContext context, String language, String code) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("shown." + language, code));
    }

    @ParameterizedTest
    @CsvSource({
        "README.md, yaml",
        "camel-hh1-component/camel-hh1/src/main/docs/hh1-component.adoc, yaml",
        "camel-hh1-component/camel-hh1/src/main/docs/hh1-component.adoc, xml"
    })
    void whatIsShownIsARoute(String document, String language) throws Exception {
        List<String> snippets = snippets(document, language);
        assertThat(snippets).isNotEmpty();
        for (String code : snippets) {
            try (var context = new DefaultCamelContext()) {
                load(context, language, code);
                assertThat(((ModelCamelContext) context).getRouteDefinitions()).hasSize(1);
            }
        }
    }

    @Test
    void theRouteOfTheReadmeMakesAVideoOfAPhoto() throws Exception {
        byte[] photo;
        try (InputStream sample = getClass().getResourceAsStream("/samples/tea.webp")) {
            photo = sample.readAllBytes();
        }
        try (var context = new DefaultCamelContext()) {
            load(context, "yaml", snippets("README.md", "yaml").get(0));
            context.start();
            var video = context.createProducerTemplate().requestBody("direct:photo", photo, StreamCache.class);
            byte[] head = new byte[8];
            assertThat(((InputStream) video).read(head)).isEqualTo(8);
            assertThat(new String(head, 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
            assertThat(video.length()).isGreaterThan(20_000);
        }
    }
}
