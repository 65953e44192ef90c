package io.github.camelhh1.docs.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The keys of the table in the recipes: a repeated message is not paid again, another message is. */
class RequestKeysTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| `requestKey=([^`]+)` \\|");

    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR =
            new Hh1SimulatorExtension(Hh1Simulator.builder().rendering(false));

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final String photo = simulator.sampleImageUrl();

    /** A message of each source, as headers, and another message of it. */
    private static final Map<String, List<Map<String, Object>>> MESSAGES = Map.of(
            "HTTP request", List.of(Map.of("Idempotency-Key", "8e03978e"), Map.of("Idempotency-Key", "8e03978f")),
            "Webhook", List.of(Map.of("X-Event-Id", "evt_1"), Map.of("X-Event-Id", "evt_2")),
            "MQTT message with its id in a header", List.of(Map.of("orderId", "o-1"), Map.of("orderId", "o-2")),
            "Database row (`sql`)", List.of(Map.of("id", 17, "version", 2), Map.of("id", 17, "version", 3)),
            "Daily job (`timer` with `includeMetadata=true`)",
                    List.of(
                            Map.of("CamelTimerFiredTime", new Date(1_764_400_000_000L)),
                            Map.of("CamelTimerFiredTime", new Date(1_764_500_000_000L))),
            "Part of a split message",
                    List.of(
                            Map.of("orderId", "o-3", "CamelSplitIndex", 0),
                            Map.of("orderId", "o-3", "CamelSplitIndex", 1)),
            "Broker message that a retry queue republishes",
                    List.of(Map.of("orderId", "o-4"), Map.of("orderId", "o-5")),
            "Another take of the same photo",
                    List.of(Map.of("orderId", "o-6", "take", 1), Map.of("orderId", "o-6", "take", 2)));

    static Stream<Arguments> rows() throws Exception {
        return ROW.matcher(Files.readString(Path.of("src/main/docs/recipes.md")))
                .results()
                .map(row -> Arguments.of(row.group(1).strip(), row.group(2)));
    }

    private void send(DefaultCamelContext context, Map<String, Object> headers) {
        Exchange sent = context.createProducerTemplate().request("direct:start", exchange -> {
            exchange.getMessage().setBody(photo);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
            exchange.setProperty("CamelSplitIndex", headers.get("CamelSplitIndex"));
        });
        assertThat(sent.getException()).isNull();
    }

    @Test
    void everyRowIsSentHere() throws Exception {
        assertThat(rows().map(row -> (String) row.get()[0]).collect(Collectors.toSet()))
                .isEqualTo(MESSAGES.keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void aRepeatedMessageIsNotPaidAgainAndAnotherIs(String source, String key) throws Exception {
        List<Map<String, Object>> messages = MESSAGES.get(source);
        try (var context = new DefaultCamelContext()) {
            context.getRegistry().bind("simulator", simulator);
            context.getComponent("hh1", Hh1Component.class).getConfiguration().setBackend("simulator");
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:start").to("hh1:generate?duration=3&requestKey=" + key);
                }
            });
            context.start();

            send(context, messages.get(0));
            send(context, messages.get(0));
            assertThat(simulator.charges()).isEqualTo(1);

            send(context, messages.get(1));
            assertThat(simulator.charges()).isEqualTo(2);
        }
    }
}
