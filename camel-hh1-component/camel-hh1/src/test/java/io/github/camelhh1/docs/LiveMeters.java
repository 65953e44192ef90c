package io.github.camelhh1.docs;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The meters of a component that has caps and has made a video.
 *
 * @param meters of each name
 * @param scraped as Prometheus gets them
 */
record LiveMeters(PrometheusMeterRegistry registry, TreeMap<String, List<Meter>> meters, String scraped) {

    static LiveMeters read() throws Exception {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var context = new DefaultCamelContext();
                var simulator = Hh1Simulator.start()) {
            context.getRegistry().bind("simulator", simulator);
            context.getRegistry().bind("metricsRegistry", registry);
            var component = context.getComponent("hh1", Hh1Component.class);
            component.getConfiguration().setBackend("simulator");
            component.getConfiguration().setPricePerSecond("720P=0.14,1080P=0.28");
            component.setMaxSecondsPerDay(100L);
            component.setMaxCostPerDay("50");
            context.start();
            context.createProducerTemplate().requestBody("hh1:generate?duration=3", simulator.sampleImageUrl());
            var meters = registry.getMeters().stream()
                    .filter(meter -> meter.getId().getName().startsWith("hh1."))
                    .collect(
                            Collectors.groupingBy(meter -> meter.getId().getName(), TreeMap::new, Collectors.toList()));
            return new LiveMeters(registry, meters, registry.scrape());
        }
    }

    private Meter.Id id(String name) {
        return meters.get(name).get(0).getId();
    }

    /** Its series, or what they begin with. */
    String prometheus(String name) {
        String series = registry.config().namingConvention().name(name, id(name).getType(), id(name).getBaseUnit());
        return id(name).getType() == Meter.Type.COUNTER ? series + "_total" : series;
    }

    /** The names of tags, with the values of those that are the same in every application. */
    private Map<String, TreeSet<String>> tags(String name) {
        return meters.get(name).stream()
                .flatMap(meter -> meter.getId().getTags().stream())
                .collect(Collectors.groupingBy(
                        Tag::getKey,
                        TreeMap::new,
                        Collectors.mapping(Tag::getValue, Collectors.toCollection(TreeSet::new))));
    }

    String table() {
        var table = new StringBuilder("\n[cols=\"2,3,1,2,4\",options=\"header\"]\n|===\n")
                .append("| meter | in Prometheus | kind | tags | what\n");
        meters.keySet().forEach(name -> table.append("| `")
                .append(name)
                .append("` | `")
                .append(prometheus(name))
                .append("` | ")
                .append(id(name).getType().name().toLowerCase(Locale.ROOT))
                .append(" | ")
                .append(String.join(", ", tags(name).keySet()))
                .append(" | ")
                .append(id(name).getDescription())
                .append(values(tags(name).get("outcome")))
                .append('\n'));
        return table.append("|===\n").toString();
    }

    private static String values(TreeSet<String> outcomes) {
        return outcomes == null ? "" : ". Outcomes: `" + String.join("`, `", outcomes) + "`";
    }
}
