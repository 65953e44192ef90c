package io.github.camelhh1.examples.filedrop;

import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.progress.Console;
import io.github.camelhh1.examples.filedrop.runs.RunCommand;
import io.github.camelhh1.examples.filedrop.runs.RunDesk;
import io.github.camelhh1.examples.filedrop.s3.S3Clients;
import io.github.camelhh1.examples.filedrop.s3.S3Settings;
import java.io.Closeable;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.camel.main.Main;

/** The program: {@code mvn -q -Pdemo} at the top of the project runs it. */
public final class FileDrop {
    private FileDrop() {}

    public static void main(String... args) {
        Console console = new Console(System.out);
        System.exit(run(System.getenv()::get, System::getProperty, console, main -> CtrlC.stops(main, console)));
    }

    /** The exit status: 0 when all went well, 1 when a photo or a command did not, 2 when the program cannot start. */
    static int run(
            UnaryOperator<String> environment,
            UnaryOperator<String> properties,
            Console console,
            Consumer<Main> beforeRun) {
        try {
            List<String> problems = new ArrayList<>();
            Optional<RunCommand> command =
                    RunCommand.read(name -> Settings.either(name, environment, properties), problems);
            if (!problems.isEmpty()) {
                throw new StartupException(problems);
            } else if (command.isPresent()) {
                return carryOut(command.get(), environment, properties, console);
            }
            Settings settings = Settings.read(environment, properties);
            try (DropApplication application = DropApplication.prepare(settings, console, Clock.systemUTC())) {
                beforeRun.accept(application.main());
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

    private static int carryOut(
            RunCommand command, UnaryOperator<String> environment, UnaryOperator<String> properties, Console console)
            throws Exception {
        DropFolder folder = Settings.folder(environment, properties);
        if (!Files.isDirectory(folder.in())) {
            throw new StartupException(
                    folder.root() + " is no folder of a file-drop: name one by drop.dir or DROP_DIR");
        }
        Main main = DropApplication.camelIn(folder);
        // The S3 server inside the program that staged a photo has ended with it, or cannot be reached from here.
        Optional<S3Settings> s3 = Settings.s3(environment);
        String staging = s3.map(real -> "stagingUri=aws2-s3:" + real.bucket()).orElse("stagingCleanup=false");
        // The simulator's videos lie on this machine, at a port that only the other program knows.
        String backend = Settings.either("hh1.backend", environment, properties);
        boolean simulated = backend == null || backend.equals("simulator");
        String options = staging + (simulated ? "&allowPrivateHosts=true" : "");
        Closeable clients = s3.isPresent() ? S3Clients.bind(main, s3.get()) : () -> {};
        try {
            return new RunDesk(main, folder.root().toString(), options, console).carryOut(command);
        } finally {
            clients.close();
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
