package io.github.camelhh1.benchmarks;

import io.github.camelhh1.benchmarks.jvm.Route;
import io.github.camelhh1.benchmarks.measured.Benchmark;
import io.github.camelhh1.benchmarks.measured.Bombs;
import io.github.camelhh1.benchmarks.measured.ColdStart;
import io.github.camelhh1.benchmarks.measured.Download;
import io.github.camelhh1.benchmarks.measured.ImageHeaders;
import io.github.camelhh1.benchmarks.measured.InFlight;
import io.github.camelhh1.benchmarks.measured.InlineImages;
import io.github.camelhh1.benchmarks.measured.JarSize;
import io.github.camelhh1.benchmarks.measured.LedgerCost;
import io.github.camelhh1.benchmarks.measured.LedgerThroughput;
import io.github.camelhh1.benchmarks.measured.LookupCost;
import io.github.camelhh1.benchmarks.measured.Recovery;
import io.github.camelhh1.benchmarks.measured.Scale;
import io.github.camelhh1.benchmarks.measured.StagedImages;
import io.github.camelhh1.benchmarks.measured.Tasks;
import io.github.camelhh1.benchmarks.measured.Throughput;
import io.github.camelhh1.benchmarks.report.Machine;
import io.github.camelhh1.benchmarks.report.Printer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the benchmarks, prints what they find, and writes it to a file.
 *
 * <p>Arguments: the file; then the names of the benchmarks, comma-separated, all when there are none. A file is written
 * only by a run of all.
 */
final class Benchmarks {
    static final Map<String, Benchmark> ALL = all();

    private Benchmarks() {}

    private static Map<String, Benchmark> all() {
        var all = new LinkedHashMap<String, Benchmark>();
        all.put("in-flight", new InFlight());
        all.put("tasks", new Tasks());
        all.put("inline-images", new InlineImages());
        all.put("staged-images", new StagedImages(Route.HH1, Route.HH1_DIRECTORY, Route.HH1_ENDPOINT));
        all.put("throughput", new Throughput());
        all.put("look-ups", new LookupCost());
        all.put("ledger", new LedgerCost());
        all.put("ledger-throughput", new LedgerThroughput());
        all.put("download", new Download());
        all.put("image-header", new ImageHeaders());
        all.put("recovery", new Recovery());
        all.put("bombs", new Bombs());
        all.put("cold-start", new ColdStart());
        all.put("jar-size", new JarSize());
        return all;
    }

    public static void main(String[] arguments) throws IOException {
        List<String> chosen = arguments.length > 1 && !arguments[1].isBlank()
                ? List.of(arguments[1].split(","))
                : List.copyOf(ALL.keySet());
        var texts = new ArrayList<String>();
        texts.add(head());
        Printer.line(head());
        for (String name : chosen) {
            Benchmark benchmark = ALL.get(name.strip());
            if (benchmark == null) {
                throw new IllegalArgumentException("no benchmark is called " + name + "; there are " + ALL.keySet());
            }
            String text = benchmark.run(Scale.full()).text();
            texts.add(text);
            Printer.line(text);
        }
        if (chosen.size() == ALL.size()) {
            Files.writeString(Path.of(arguments[0]), String.join("\n", texts));
        }
    }

    private static String head() {
        return "# Results\n\nOf one run of `" + Benchmarks.class.getSimpleName()
                + "`; see README.md for how to run it. Machine: " + Machine.describe() + "\n";
    }
}
