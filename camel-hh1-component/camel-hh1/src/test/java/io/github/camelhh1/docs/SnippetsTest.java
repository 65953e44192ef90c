package io.github.camelhh1.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.Hh1Exception;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every Java line that the documents show stands in this file, or in a test beside it that runs it. */
class SnippetsTest {
    private static final Path THIS = Path.of("src/test/java/io/github/camelhh1/docs/SnippetsTest.java");
    private static final Path RECIPES = THIS.resolveSibling("recipes");
    private static final Path DOCS = Path.of("src/main/docs");
    private static final Pattern JAVA =
            Pattern.compile("(?:```java\n(.*?)```|\\[source,java\\]\n----\n(.*?)----)", Pattern.DOTALL);

    static final class Documented extends RouteBuilder {
        @Override
        public void configure() {
            onException(Hh1Exception.class)
                    .log(
                            "${exception.message} retry: ${exception.retry} billing: ${exception.billing} run: ${exception.runId}");

            from("file:photos?include=.*[.](jpg|png|webp)&readLock=changed&moveFailed=failed")
                    .to(
                            "hh1:generate?stagingUri=aws2-s3:photos&prompt=A gentle camera push-in&resolution=720P&duration=5")
                    .to("hh1:download")
                    .to("file:videos?fileName=${header.CamelHh1VideoFileName}");

            from("file:photos?include=.*[.](jpg|png|webp)&readLock=changed&moveFailed=failed")
                    .to("hh1:generate?stagingUri=aws2-s3:photos&prompt=A gentle camera push-in&duration=5")
                    .to("hh1:download")
                    .to("file:videos?fileName=${header.CamelHh1VideoFileName}");

            from("direct:stage")
                    .setHeader("CamelHttpMethod", constant("PUT"))
                    .toD("https://dav.example.com/${header.CamelHh1ImageName}")
                    .setBody(simple("https://dav.example.com/${header.CamelHh1ImageName}"));

            from("direct:unstage")
                    .setHeader("CamelHttpMethod", constant("DELETE"))
                    .toD("${body}");

            from("direct:across")
                    .setHeader("videoExpiresAt", header("CamelHh1VideoExpiresAtMillis"))
                    .setHeader("videoCost", header("CamelHh1Cost").convertToString());

            from("direct:held")
                    .setHeader("CamelHh1RunState", constant("UNKNOWN"))
                    .to("hh1:runs");

            from("direct:adopt")
                    .to("hh1:adopt")
                    .to("hh1:download")
                    .to("file:videos?fileName=${header.CamelHh1VideoFileName}");

            from("direct:forget")
                    .setHeader("CamelHh1RunState", constant("UNKNOWN"))
                    .to("hh1:forget");

            from("hh1:recovered?after=15m&group=photos")
                    .to("hh1:download")
                    .to("file:videos?fileName=${header.CamelHh1RunId}.mp4");

            from("hh1:held?after=15m&group=photos")
                    .log("${header.CamelHh1RunId} ${header.CamelHh1Correlation}: ${header.CamelHh1Reason}");

            from("direct:photos")
                    .setHeader("CamelHh1RequestKey", simple("${header.orderId}-teaser"))
                    .wireTap("direct:teaser");
        }
    }

    @Test
    void theDocumentedRoutesAreRoutes() throws Exception {
        try (var context = new DefaultCamelContext()) {
            context.addRoutes(new Documented());
            assertThat(context.getRouteDefinitions()).hasSize(11);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/docs/hh1-component.adoc", "../../README.md", "../camel-hh1-simulator/README.md"})
    void everyLineShownIsCompiled(String document) throws IOException {
        String compiled = squeezed(Files.readString(THIS)) + String.join("", squeezedRecipes());
        List<String> lines = javaLines(Files.readString(Path.of(document)));
        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(compiled).contains(squeezed(line)));
    }

    @Test
    void theTestClassOfThePageIsAsShown() throws IOException {
        assertThat(javaSnippets(Files.readString(DOCS.resolve("hh1-component.adoc"))))
                .contains(Files.readString(RECIPES.resolve("PhotoToVideoTest.java")));
    }

    @Test
    void everyRecipeIsPartOfATestThatItNames() throws IOException {
        String page = Files.readString(DOCS.resolve("recipes.md"));
        for (String recipe : page.split("(?m)^## ")) {
            Matcher named = Pattern.compile("Run by `(\\w+Test)`").matcher(recipe);
            boolean found = named.find();
            assertThat(found || !recipe.contains("```")).as(recipe).isTrue();
            String test = found ? squeezed(Files.readString(RECIPES.resolve(named.group(1) + ".java"))) : "";
            assertThat(javaSnippets(recipe)).allSatisfy(code -> assertThat(test).contains(squeezed(code)));
        }
    }

    @Test
    void everyDecisionHasADateAStatusAndAlternatives() throws IOException {
        try (Stream<Path> decisions = Files.list(DOCS.resolve("decisions"))) {
            assertThat(decisions).isNotEmpty().allSatisfy(decision -> assertThat(Files.readString(decision))
                    .containsPattern("\n\nDate: 20\\d\\d-\\d\\d-\\d\\d[^\n]*[.] Status: (accepted|superseded)")
                    .contains("**Decision.**", "**Alternatives.**"));
        }
    }

    private static List<String> javaSnippets(String document) {
        return JAVA.matcher(document)
                .results()
                .map(snippet -> snippet.group(1) != null ? snippet.group(1) : snippet.group(2))
                .toList();
    }

    private static List<String> javaLines(String document) {
        return javaSnippets(document).stream()
                .flatMap(String::lines)
                .filter(line -> !line.isBlank() && !line.strip().startsWith("//"))
                .toList();
    }

    private static List<String> squeezedRecipes() throws IOException {
        var sources = new ArrayList<String>();
        try (Stream<Path> recipes = Files.list(RECIPES)) {
            for (Path recipe : recipes.toList()) {
                sources.add(squeezed(Files.readString(recipe)));
            }
        }
        return sources;
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
