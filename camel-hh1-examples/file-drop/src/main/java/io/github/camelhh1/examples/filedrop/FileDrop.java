package io.github.camelhh1.examples.filedrop;

import io.github.camelhh1.examples.filedrop.progress.Console;
import java.time.Clock;
import java.util.function.UnaryOperator;

/** The program: {@code mvn -q -Pdemo} at the top of the project runs it. */
public final class FileDrop {
    private FileDrop() {}

    public static void main(String... args) {
        System.exit(run(System.getenv()::get, System::getProperty, new Console(System.out)));
    }

    /** The exit status: 0 when every photo became a video, 1 when not, 2 when the program is not set up to start. */
    static int run(UnaryOperator<String> environment, UnaryOperator<String> properties, Console console) {
        try {
            Settings settings = Settings.read(environment, properties);
            try (DropApplication application = DropApplication.prepare(settings, console, Clock.systemUTC())) {
                return application.run();
            }
        } catch (StartupException e) {
            console.line("file-drop cannot start: " + e.getMessage());
            return 2;
        } catch (Exception e) {
            console.line("file-drop stopped: " + rootMessage(e));
            return 1;
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
