package io.github.camelhh1.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every Java line that the documents show stands in this file too, where it is compiled. */
class SnippetsTest {
    private static final Path THIS = Path.of("src/test/java/io/github/camelhh1/docs/SnippetsTest.java");
    private static final Pattern JAVA =
            Pattern.compile("(?:```java\n(.*?)```|\\[source,java\\]\n----\n(.*?)----)", Pattern.DOTALL);

    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension();

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

            from("direct:forget").to("hh1:forget");

            from("direct:photos")
                    .setHeader("CamelHh1RequestKey", simple("${header.orderId}-teaser"))
                    .wireTap("direct:teaser");
        }
    }

    @Test
    void theDocumentedRoutesAreRoutes() throws Exception {
        try (var context = new DefaultCamelContext()) {
            context.addRoutes(new Documented());
            assertThat(context.getRouteDefinitions()).hasSize(9);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/docs/hh1-component.adoc", "../../README.md", "../camel-hh1-simulator/README.md"})
    void everyLineShownIsCompiled(String document) throws IOException {
        String compiled = squeezed(Files.readString(THIS));
        List<String> lines = javaLines(Files.readString(Path.of(document)));
        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(compiled).contains(squeezed(line)));
    }

    private static List<String> javaLines(String document) {
        var lines = new ArrayList<String>();
        Matcher snippet = JAVA.matcher(document);
        while (snippet.find()) {
            String code = snippet.group(1) != null ? snippet.group(1) : snippet.group(2);
            code.lines()
                    .filter(line -> !line.isBlank() && !line.strip().startsWith("//"))
                    .forEach(lines::add);
        }
        return lines;
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
