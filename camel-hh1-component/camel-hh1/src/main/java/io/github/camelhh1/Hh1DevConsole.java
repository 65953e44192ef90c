package io.github.camelhh1;

import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.message.RunMap;
import io.github.camelhh1.observe.Figures.Last;
import io.github.camelhh1.observe.ObservedMessage;
import io.github.camelhh1.observe.Readings.LedgerLook;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.wiring.ComponentParts;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.TimeUtils;

/** Camel's developer console {@code hh1}: settings without secrets, messages, outcomes, ledger and budget of each component. */
@DevConsole(name = "hh1", displayName = "HappyHorse Video", description = "Messages, ledger and budget of hh1")
public class Hh1DevConsole extends AbstractDevConsole {
    /** The options for the handling of messages; none of them is a secret. */
    private static final String SETTINGS =
            "backend region baseUrl accountId gatewayId model maxInFlight maxQueued whenFull"
                    + " generationTimeout maxAttempts retryDelay maxRetryDelay onUnknown maxPaidAttempts pricePerSecond"
                    + " maxSecondsPerDay maxCostPerDay preflight inlineImages stagingUri stagingDirectory stagingBaseUrl"
                    + " downloadDirectory allowPrivateHosts proxyHost proxyPort quiet";

    public Hh1DevConsole() {
        super("camel", "hh1", "HappyHorse Video", "Messages, ledger and budget of hh1");
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        return Map.of("components", components());
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        return components().stream().map(Hh1DevConsole::text).collect(Collectors.joining("\n"));
    }

    private List<Map<String, Object>> components() {
        return getCamelContext().getComponentNames().stream()
                .sorted()
                .flatMap(name -> getCamelContext().hasComponent(name) instanceof Hh1Component component
                        ? Stream.of(component(name, component))
                        : Stream.empty())
                .toList();
    }

    private static Map<String, Object> component(String name, Hh1Component component) {
        var map = new LinkedHashMap<String, Object>();
        map.put("name", name);
        map.put("settings", settings(component));
        ComponentParts parts = component.startedParts();
        map.put("started", parts != null);
        if (parts != null) {
            messages(map, parts);
            ledger(map, component, parts);
        }
        return map;
    }

    private static Map<String, Object> settings(Hh1Component component) {
        var values = (PropertyConfigurerGetter) component.getComponentPropertyConfigurer();
        var map = new LinkedHashMap<String, Object>();
        for (String name : SETTINGS.split(" ", -1)) {
            Object value = values.getOptionValue(component, name, false);
            if (value != null) {
                map.put(name, value instanceof String text ? withoutCredentials(text) : value);
            }
        }
        return map;
    }

    /** Of a URI in any of Camel's spellings. */
    private static String withoutCredentials(String value) {
        return CleanText.of(value.replaceFirst("(?s)\\?.*", "?…").replaceFirst("(?s):.*@", ":…@"));
    }

    private static void messages(Map<String, Object> map, ComponentParts parts) {
        long now = parts.timers.nanoTime();
        map.put("inFlight", parts.figures.inFlight());
        map.put("waiting", parts.waiting());
        Duration median = parts.figures.median();
        RunMap.put(map, "medianMillis", median == null ? null : median.toMillis());
        map.put(
                "onTheirWay",
                parts.figures.onTheirWay().stream()
                        .sorted(Comparator.comparingLong(ObservedMessage::acceptedAt))
                        .map(one -> onItsWay(one, now))
                        .toList());
        map.put("last", parts.figures.last().stream().map(Hh1DevConsole::last).toList());
    }

    private static Map<String, Object> onItsWay(ObservedMessage one, long now) {
        var map = new LinkedHashMap<String, Object>();
        map.put("runId", one.runId());
        map.put("step", one.step());
        map.put("attempt", one.attempt());
        map.put("ageMillis", Duration.ofNanos(now - one.acceptedAt()).toMillis());
        map.put("model", one.identity().model());
        map.put("image", one.image());
        RunMap.put(map, "routeId", one.routeId());
        map.put("exchangeId", one.exchangeId());
        return map;
    }

    private static Map<String, Object> last(Last one) {
        var map = new LinkedHashMap<String, Object>();
        map.put("runId", one.runId());
        map.put("outcome", one.outcome());
        map.put("replayed", one.replayed());
        map.put("elapsedMillis", one.elapsed().toMillis());
        map.put("model", one.model());
        RunMap.put(map, "routeId", one.routeId());
        return map;
    }

    private static void ledger(Map<String, Object> map, Hh1Component component, ComponentParts parts) {
        var ledger = new LinkedHashMap<String, Object>();
        ledger.put("name", CleanText.of(component.getLedger().toString()));
        LedgerLook answer = parts.ledgerFigures.get();
        String failure = parts.ledgerFailsBecause();
        ledger.put("failing", failure != null);
        RunMap.put(ledger, "failure", CleanText.ofHeader(failure));
        ledger.put(
                "unknownRuns",
                answer == null ? "not known: the ledger was not needed yet, or does not answer" : answer.unknownRuns());
        map.put("ledger", ledger);
        Caps caps = parts.caps();
        if (caps != null && answer != null) {
            map.put(
                    "budget",
                    answer.spending().stream()
                            .map(spending -> RunMap.of(spending, caps))
                            .toList());
        }
    }

    private static String text(Map<String, Object> component) {
        var text = new StringBuilder();
        component.forEach((name, value) -> {
            text.append(name).append(": ");
            if (value instanceof List<?> all) {
                all.forEach(one -> text.append("\n    ").append(line((Map<?, ?>) one)));
            } else {
                text.append(value instanceof Map<?, ?> one ? line(one) : value);
            }
            text.append('\n');
        });
        return text.toString();
    }

    private static String line(Map<?, ?> one) {
        return one.entrySet().stream()
                .map(entry -> entry.getKey().toString().endsWith("Millis") && entry.getValue() instanceof Long millis
                        ? entry.getKey().toString().replace("Millis", "=") + TimeUtils.printDuration(millis, true)
                        : entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
