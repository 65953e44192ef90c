package io.github.camelhh1.examples.filedrop.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.camel.CamelContext;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The YAML and XML routes that the documents show are routes; the README's and those that take photos from a folder run. */
class DocumentedRoutesTest {
    private static final Path ROOT = Path.of("../..");
    private static final String PAGE = "camel-hh1-component/camel-hh1/src/main/docs/hh1-component.adoc";
    private static final Duration LIMIT = Duration.ofSeconds(60);

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

    private static Stream<Arguments> routesThatTakePhotosFromAFolder() throws IOException {
        List<Arguments> routes = new ArrayList<>();
        for (String document : List.of("README.md", PAGE)) {
            for (String language : List.of("java", "yaml", "xml")) {
                snippets(document, language).stream()
                        .filter(code -> code.contains("file:photos"))
                        .map(code -> Arguments.of(document, language, code))
                        .forEach(routes::add);
            }
        }
        return routes.stream();
    }

    /** In folders of the test's own, and without an S3. */
    private static String moved(String code, Path root) {
        return code.replace("file:photos", "file:" + root.resolve("photos"))
                .replace("file:videos", "file:" + root.resolve("videos"))
                .replaceAll("stagingUri([=:] ?)aws2-s3:photos", "inlineImages$1true");
    }

    private static DefaultCamelContext against(Hh1Simulator simulator) {
        var context = new DefaultCamelContext();
        var component = context.getComponent("hh1", Hh1Component.class);
        Hh1Configuration configuration = component.getConfiguration();
        configuration.setBaseUrl(simulator.baseUrl());
        configuration.setAccountId(simulator.account());
        configuration.setApiKey(simulator.apiKey());
        configuration.setAllowPrivateHosts(true);
        return context;
    }

    private static EventNotifierSupport counterOf(AtomicInteger failures) {
        return new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeFailedEvent) {
                    failures.incrementAndGet();
                }
            }
        };
    }

    /** Java as it is shown, within a route builder. */
    private static void add(CamelContext context, String language, String code, Path root) throws Exception {
        if (!language.equals("java")) {
            load(context, language, code);
            return;
        }
        Path source = root.resolve("Shown.java");
        Files.writeString(
                source,
                "public class Shown extends " + RouteBuilder.class.getName() + " { public void configure() {" + code
                        + "} }");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-classpath", classPath, "-d", root.toString(), source.toString());
        assertThat(status).isZero();
        try (var loader = new URLClassLoader(new URL[] {root.toUri().toURL()})) {
            context.addRoutes((RouteBuilder)
                    loader.loadClass("Shown").getDeclaredConstructor().newInstance());
        }
    }

    private static void put(String sample, Path photos) throws IOException {
        try (InputStream photo = DocumentedRoutesTest.class.getResourceAsStream("/samples/" + sample)) {
            // Hidden until it is whole.
            Path whole = Files.createTempFile(photos, ".", ".part");
            Files.copy(photo, whole, StandardCopyOption.REPLACE_EXISTING);
            Files.move(whole, photos.resolve(sample));
        }
    }

    private static List<String> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
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

    @Test
    void bothDocumentsShowRoutesThatTakePhotosFromAFolder() throws Exception {
        assertThat(routesThatTakePhotosFromAFolder().map(route -> route.get()[0] + " " + route.get()[1]))
                .containsExactly("README.md java", PAGE + " java", PAGE + " yaml", PAGE + " xml");
    }

    @ParameterizedTest(name = "{1} of {0}")
    @MethodSource("routesThatTakePhotosFromAFolder")
    void aBadPhotoIsTriedOnceAndAGoodOneBecomesAVideo(String document, String language, String code, @TempDir Path root)
            throws Exception {
        Path photos = Files.createDirectory(root.resolve("photos"));
        Files.writeString(photos.resolve("a-list.jpg"), "milk, bread, a lighthouse");
        put("horse.jpg", photos);
        try (Hh1Simulator simulator = Hh1Simulator.builder().rendering(false).start();
                var context = against(simulator)) {
            var failures = new AtomicInteger();
            context.getManagementStrategy().addEventNotifier(counterOf(failures));
            add(context, language, moved(code, root), root);
            context.start();
            await().atMost(LIMIT)
                    .until(() ->
                            failures.get() > 0 && files(root.resolve("videos")).size() == 1);

            // When this one is through, the folder was looked at again.
            put("lighthouse.png", photos);
            await().atMost(LIMIT).until(() -> files(root.resolve("videos")).size() == 2);
            await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(files(photos.resolve("failed"))).containsExactly("a-list.jpg");
                assertThat(files(photos)).isEmpty();
            });
            assertThat(failures).hasValue(1);
            assertThat(simulator.requests()).hasSize(2);
            assertThat(simulator.charges()).isEqualTo(2);
        }
    }
}
