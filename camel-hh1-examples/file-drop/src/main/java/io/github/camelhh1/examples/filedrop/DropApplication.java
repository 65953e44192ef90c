package io.github.camelhh1.examples.filedrop;

import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.folder.Filing;
import io.github.camelhh1.examples.filedrop.folder.FolderLock;
import io.github.camelhh1.examples.filedrop.folder.SettledPhotos;
import io.github.camelhh1.examples.filedrop.progress.Console;
import io.github.camelhh1.examples.filedrop.progress.Progress;
import io.github.camelhh1.examples.filedrop.route.DropRoute;
import io.github.camelhh1.examples.filedrop.route.Steps;
import io.github.camelhh1.examples.filedrop.s3.LocalS3;
import io.github.camelhh1.examples.filedrop.s3.S3Clients;
import io.github.camelhh1.examples.filedrop.s3.S3Settings;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.apache.camel.main.Main;

/** The parts of the program. Closing it stops the parts that it has started, the last one first. */
final class DropApplication implements Closeable {
    private final Settings settings;
    private final Console console;
    private final DropFolder folder;
    private final Filing filing;
    private final Progress progress;
    private final Clock clock;
    private final Main main;
    private final Deque<Closeable> started = new ArrayDeque<>();

    private DropApplication(Settings settings, Console console, Clock clock) {
        this.settings = settings;
        this.console = console;
        this.clock = clock;
        this.folder = settings.folder();
        this.filing = new Filing(folder);
        this.progress = new Progress(console, clock);
        this.main = camelIn(folder);
    }

    /** Makes the folder, takes its lock, lays out the samples, starts the S3 server; Camel is not started yet. */
    static DropApplication prepare(Settings settings, Console console, Clock clock) throws Exception {
        DropApplication application = new DropApplication(settings, console, clock);
        try {
            application.prepareFolder();
            application.prepareCamel(application.prepareS3());
            return application;
        } catch (Exception e) {
            application.close();
            throw e;
        }
    }

    /** Camel with application.properties, and nothing started. */
    static Main camelIn(DropFolder folder) {
        Main main = new Main();
        main.setPropertyPlaceholderLocations(
                "file:application.properties;optional=true,classpath:application.properties");
        main.addOverrideProperty("file-drop.folder", folder.root().toString());
        return main;
    }

    Main main() {
        return main;
    }

    /** Until every photo is through, or, in a folder of the user's own, until the program is stopped. */
    int run() throws Exception {
        console.line((settings.ownFolder() ? "Watching " : "Photos in ") + folder.in() + ", videos made by the "
                + settings.backend() + (settings.ownFolder() ? "; Ctrl+C stops" : ""));
        main.run();
        console.line(progress.doneCount() + " done, in " + folder.out());
        if (progress.failedCount() > 0) {
            console.line(progress.failedCount() + " failed, with the reasons in " + folder.failed());
        }
        return progress.failedCount() == 0 ? 0 : 1;
    }

    private void prepareFolder() throws IOException, StartupException {
        folder.create();
        started.push(FolderLock.take(folder)
                .orElseThrow(() -> new StartupException("another file-drop works in " + folder.root())));
        // Finishes moves that a killed program had begun.
        filing.finishMove();
        folder.deleteParts();
        if (settings.ownFolder()) {
            return;
        }
        if (settings.backend().isSimulator() || !Samples.wereSent(folder)) {
            Samples.layOut(folder);
        } else {
            console.line(
                    "The samples were sent by an earlier start. What is left of them goes on, and nothing is paid again."
                            + " To pay for new videos of them, delete " + folder.root());
        }
    }

    private S3Settings prepareS3() throws Exception {
        if (settings.s3().isPresent()) {
            return settings.s3().get();
        }
        LocalS3 server = LocalS3.start();
        started.push(server);
        return server.settings();
    }

    private void prepareCamel(S3Settings s3) {
        main.addOverrideProperty("file-drop.bucket", s3.bucket());
        main.addOverrideProperty(
                "file-drop.create-bucket", String.valueOf(settings.s3().isEmpty()));
        Settings.Backend backend = settings.backend();
        main.addInitialProperty("camel.component.hh1.backend", backend.name());
        backend.account().ifPresent(id -> main.addInitialProperty("camel.component.hh1.accountId", id));
        backend.token().ifPresent(token -> main.addInitialProperty("camel.component.hh1.apiKey", token));

        started.push(S3Clients.bind(main, s3));
        main.bind(
                "settledPhotos",
                new SettledPhotos(
                        filing,
                        clock,
                        this::quiet,
                        photo -> progress.waiting(photo.getFileName().toString())));
        Steps.byName(folder, filing, progress).forEach(main::bind);
        main.addMainListener(new Heartbeat(console, progress, isThrough()));
        if (settings.routes().equals("yaml")) {
            main.configure().withRoutesIncludePattern("classpath:routes/file-drop.yaml");
        } else {
            main.configure().addRoutesBuilder(new DropRoute());
        }
    }

    /** A folder of the user's own is watched; the demo ends when every photo has left its folder, as it does at last. */
    private BooleanSupplier isThrough() {
        return () -> !settings.ownFolder() && folder.photos().stream().allMatch(filing::isLetAlone);
    }

    private Duration quiet() {
        return main.getCamelContext()
                .getTypeConverter()
                .convertTo(Duration.class, main.getCamelContext().resolvePropertyPlaceholders("{{drop.quiet}}"));
    }

    @Override
    public void close() throws IOException {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }
}
