package io.github.camelhh1.examples.fleet.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.MessageListenerContainerFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Every snippet of the page stands in a class beside this one. */
class JmsAndKafkaPageTest {
    private static final Path HERE = Path.of("src/test/java/io/github/camelhh1/examples/fleet/queues");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void everySnippetIsCompiled() throws IOException {
        String compiled = squeezed(Files.readString(HERE.resolve("AcknowledgeLater.java"))
                + Files.readString(HERE.resolve("JmsRoutes.java"))
                + Files.readString(HERE.resolve("KafkaRoutes.java")));
        List<String> snippets = JAVA.matcher(Files.readString(Path.of("jms-and-kafka.md")))
                .results()
                .map(found -> squeezed(found.group(1)))
                .toList();

        assertThat(snippets).hasSize(5).allSatisfy(snippet -> assertThat(compiled)
                .contains(snippet));
    }

    @Test
    void theRoutesAreRoutes() throws Exception {
        try (var camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("acknowledgeLater", (MessageListenerContainerFactory) AcknowledgeLater::new);
            camel.addComponent("jms", new JmsComponent());
            camel.addRoutes(new JmsRoutes());
            camel.addRoutes(new KafkaRoutes());

            assertThat(camel.getRouteDefinitions()).hasSize(2);
            assertThat(camel.getEndpoint("jms:queue:photos?consumerType=Custom&acknowledgementMode=101"
                            + "&messageListenerContainerFactory=#acknowledgeLater"))
                    .isNotNull();
        }
    }
}
