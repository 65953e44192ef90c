package io.github.camelhh1.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tests' end of {@link DriverMain}. */
final class Driver implements AutoCloseable {
    static final String LOG = "driver.log";

    private static final Pattern HELD =
            Pattern.compile(".*Run \\w+ \\((\\w+)\\.mp4\\) was sent and its outcome is unknown, so it is held.*");

    private final PhotoFolder folder;
    private final ChildJvm jvm;

    private Driver(PhotoFolder folder, ChildJvm jvm) {
        this.folder = folder;
        this.jvm = jvm;
    }

    static Driver start(DriverSettings orders, String... options) {
        PhotoFolder folder = orders.folder();
        List<String> all = new ArrayList<>(ClassArchive.options());
        all.addAll(List.of(options));
        all.addAll(List.of(
                "-Djava.io.tmpdir=" + folder.temporary(),
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
        return new Driver(
                folder, ChildJvm.start(folder.root().resolve(LOG), all, DriverMain.class, orders.arguments()));
    }

    /** What is left there is all done by a driver that nobody kills. */
    static void finish(DriverSettings orders) {
        try (Driver driver = start(orders)) {
            driver.finish();
        }
    }

    /** The photos that the log of all drivers of a folder names as held, an entry for each line. */
    static List<String> namedAsHeld(PhotoFolder folder) throws IOException {
        return Files.readAllLines(folder.root().resolve(LOG)).stream()
                .map(HELD::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .toList();
    }

    void finish() {
        awaitRunning();
        awaitNothingLeft();
        jvm.stop();
    }

    void awaitStarting() {
        jvm.await("starting");
    }

    void awaitRunning() {
        jvm.await("running");
    }

    /** Fails when it never comes there. */
    void awaitStop(KillStep step) {
        jvm.await("reached " + step);
    }

    /** What stopped at a step goes on. */
    void go() {
        jvm.say("go");
    }

    void awaitNothingLeft() {
        await("no photo left in " + folder.in())
                .atMost(ChildJvm.PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> PhotoFolder.files(folder.in()).isEmpty());
    }

    ChildJvm jvm() {
        return jvm;
    }

    @Override
    public void close() {
        jvm.close();
    }
}
