package io.github.camelhh1.examples.s3pipeline;

import io.github.camelhh1.examples.s3pipeline.s3.S3Place;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The program: {@code mvn -q -Pdemo-s3} at the top of the project runs it. */
public final class S3Pipeline {
    private S3Pipeline() {}

    public static void main(String... args) {
        System.exit(run(System.getenv()::get, System::getProperty, new Console(System.out)));
    }

    /** The exit status: 0 when all went well, 1 when something did not, 2 when the program cannot start. */
    static int run(UnaryOperator<String> environment, UnaryOperator<String> properties, Console console) {
        Settings settings;
        Optional<Settlement> settlement;
        try {
            settings = Settings.read(environment, properties);
            settlement = Settlement.read(properties);
        } catch (IllegalArgumentException e) {
            console.line("s3-pipeline cannot start: " + e.getMessage());
            return 2;
        }
        try {
            return run(settings, settlement, console);
        } catch (Exception e) {
            console.line("s3-pipeline stopped: " + rootMessage(e));
            return 1;
        }
    }

    private static int run(Settings settings, Optional<Settlement> settlement, Console console) throws Exception {
        if (settlement.isPresent()) {
            settlement.get().carryOut(settings, console);
            return 0;
        } else if (settings.s3().isPresent()) {
            return watch(settings, settings.s3().get(), console);
        }
        return Demo.run(settings, console, Map.of());
    }

    private static int watch(Settings settings, S3Place place, Console console) throws Exception {
        try (Pipeline pipeline = new Pipeline(settings, place, console, Map.of())) {
            console.line("Watching s3://" + place.in() + ", videos made by the " + settings.backend() + " go to s3://"
                    + place.out() + "; Ctrl+C stops");
            pipeline.main().run();
            return 0;
        }
    }

    /** Camel wraps what a component says into three or four exceptions that name routes and endpoints. */
    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
