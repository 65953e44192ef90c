package io.github.camelhh1.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Grafana's dashboard and Prometheus' alert rules ask for meters that there are, by tags that they have. */
class DashboardTest {
    private static final Path DASHBOARD = Path.of("src/main/docs/grafana-dashboard.json");
    private static final Path ALERTS = Path.of("src/main/docs/prometheus-alerts.yml");
    private static final Pattern SERIES = Pattern.compile("(?m)^(hh1_\\w+)\\{([^}]*)}");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=~|=|!=|!~)\"");
    private static final Pattern METRIC = Pattern.compile("\\bhh1_\\w+(?:\\{([^}]*)})?");
    /** Of every series that Prometheus scrapes. */
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

    /** The labels of each series. */
    private static final Map<String, Set<String>> SCRAPED = new TreeMap<>();

    private static LiveMeters meters;

    @BeforeAll
    static void scrape() throws Exception {
        meters = LiveMeters.read();
        SERIES.matcher(meters.scraped()).results().forEach(series -> SCRAPED.computeIfAbsent(
                        series.group(1), name -> new TreeSet<>(OF_PROMETHEUS))
                .addAll(labels(series.group(2))));
    }

    private static Set<String> labels(String text) {
        return text == null ? Set.of() : matches(LABEL, text, match -> match.group(1));
    }

    private static Set<String> matches(Pattern pattern, String text, Function<MatchResult, String> part) {
        return pattern.matcher(text).results().map(part).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> queriesOfTheDashboard() throws IOException {
        return new ObjectMapper().readTree(DASHBOARD.toFile()).findValuesAsText("expr");
    }

    /** The rules have one layout: a query stands behind {@code expr:} and on the lines that are indented further. */
    private static List<String> queriesOfTheAlerts() throws IOException {
        return Pattern.compile("(?m)^ {8}expr: (.*(?:\n {10}.*)*)")
                .matcher(Files.readString(ALERTS))
                .results()
                .map(rule -> rule.group(1))
                .toList();
    }

    private static Stream<String> queries() throws IOException {
        return Stream.concat(queriesOfTheDashboard().stream(), queriesOfTheAlerts().stream());
    }

    @Test
    void everySeriesIsThere() throws IOException {
        assertThat(queries()).hasSizeGreaterThan(20).allSatisfy(query -> {
            Set<String> names = matches(METRIC, query, match -> match.group().replaceAll("\\{.*", ""));
            assertThat(names).as(query).isNotEmpty().isSubsetOf(SCRAPED.keySet());
        });
    }

    @Test
    void everyLabelIsThere() throws IOException {
        assertThat(queries()).allSatisfy(query -> {
            METRIC.matcher(query).results().forEach(metric -> assertThat(
                            SCRAPED.get(metric.group().replaceAll("\\{.*", "")))
                    .as(metric.group())
                    .containsAll(labels(metric.group(1))));
            Set<String> grouped = Pattern.compile("\\bby \\(([^)]*)\\)")
                    .matcher(query)
                    .results()
                    .flatMap(by -> Stream.of(by.group(1).split(", *")))
                    .collect(Collectors.toSet());
            Set<String> known = METRIC.matcher(query)
                    .results()
                    .flatMap(metric -> SCRAPED.get(metric.group().replaceAll("\\{.*", "")).stream())
                    .collect(Collectors.toSet());
            assertThat(known).as(query).containsAll(grouped);
        });
    }

    @Test
    void theDashboardShowsEveryMeter() throws IOException {
        String all = String.join("\n", queriesOfTheDashboard());
        assertThat(meters.meters().keySet()).allSatisfy(name -> {
            String series = meters.prometheus(name);
            assertThat(SCRAPED.keySet()).anyMatch(known -> known.matches(series + "(_count)?"));
            assertThat(all).contains(series);
        });
    }

    @Test
    void theAlertsAreThoseOfThePage() throws IOException {
        Set<String> alerts = matches(
                Pattern.compile("(?m)^ {6}- alert: (\\w+)$"), Files.readString(ALERTS), match -> match.group(1));
        String page = Files.readString(Path.of("src/main/docs/hh1-component.adoc"));
        assertThat(queriesOfTheAlerts()).hasSameSizeAs(alerts);
        assertThat(matches(Pattern.compile("`(Hh1(?:Unknown|Budget|Ledger|No)\\w+)`"), page, match -> match.group(1)))
                .isEqualTo(alerts)
                .hasSize(4);
    }
}
