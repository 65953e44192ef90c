package io.github.camelhh1.benchmarks.jvm;

import io.github.camelhh1.benchmarks.report.Figures;
import io.github.camelhh1.benchmarks.report.Printer;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

/** The JVM of the service: the simulator, or the bare server where the simulator itself would be what is measured. */
public final class ServiceMain {
    private ServiceMain() {}

    public static void main(String[] arguments) throws IOException {
        Figures settings = Figures.parse(arguments[0]);
        switch (settings.text("service")) {
            case "bare" -> bare();
            case "video" -> video((long) settings.number("bytes"));
            default -> simulator(Duration.ofMillis(settings.count("delayMillis")));
        }
    }

    private static void video(long bytes) throws IOException {
        try (VideoServer server = VideoServer.start(bytes)) {
            tell(new Target(server.link(), "account", "key"));
            input().readLine();
        }
    }

    private static void bare() throws IOException {
        try (BareServer server = BareServer.start()) {
            tell(new Target("http://127.0.0.1:" + server.port(), "account", "key"));
            for (var in = input(); in.readLine() != null; ) {
                Printer.line(
                        Figures.none().with("connections", server.connections()).line());
            }
        }
    }

    private static void simulator(Duration delay) throws IOException {
        try (Hh1Simulator simulator = Hh1Simulator.builder()
                .delay(delay)
                .requireReachableImage(false)
                .rendering(false)
                .start()) {
            tell(new Target(simulator.baseUrl(), simulator.account(), simulator.apiKey()));
            for (var in = input(); in.readLine() != null; ) {
                Printer.line(Figures.none()
                        .with("peakInFlight", Math.max(simulator.peakInFlight(), peakOfTasks(simulator)))
                        .with("charges", simulator.charges())
                        .line());
                simulator.reset();
            }
        }
    }

    /** The most tasks that existed at once and had not ended. */
    private static int peakOfTasks(Hh1Simulator simulator) {
        var changes = new TreeMap<Instant, Integer>();
        simulator.modelStudio().tasks().forEach(task -> {
            changes.merge(task.created(), 1, Integer::sum);
            if (task.ended() != null) {
                changes.merge(task.ended(), -1, Integer::sum);
            }
        });
        int now = 0;
        int peak = 0;
        for (int change : changes.values()) {
            now += change;
            peak = Math.max(peak, now);
        }
        return peak;
    }

    private static void tell(Target target) {
        Printer.line(target.figures().line());
    }

    private static BufferedReader input() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }
}
