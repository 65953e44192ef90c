package io.github.camelhh1.crash;

import static org.awaitility.Awaitility.await;

import io.github.camelhh1.simulator.Hh1Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** The tests' end of {@link LateProcessMain}. */
final class LateProcess implements AutoCloseable {
    /** A line for each exchange that came into a route: the photo. */
    static final String TRIES = "tries.txt";
    /** A line for each run that a route has done its work for: the photo, and the video's link or {@code held}. */
    static final String EFFECTS = "effects.txt";

    private final ChildJvm jvm;

    private LateProcess(ChildJvm jvm) {
        this.jvm = jvm;
    }

    private static List<String> options(DriverSettings orders) {
        return Stream.concat(
                        ClassArchive.options().stream(),
                        Stream.of(
                                "-Djava.io.tmpdir=" + orders.folder().temporary(),
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"))
                .toList();
    }

    /** @param stops where it stops; see {@link LateStops} */
    static LateProcess start(DriverSettings orders, Hh1Simulator service, String... stops) {
        var arguments = new ArrayList<>(List.of(
                orders.folder().root().toString(),
                orders.baseUrl(),
                service.account(),
                service.apiKey(),
                orders.ledger(),
                String.valueOf(orders.leaseMillis())));
        arguments.addAll(List.of(stops));
        var node = new LateProcess(ChildJvm.start(
                orders.folder().root().resolve(Driver.LOG), options(orders), LateProcessMain.class, arguments));
        node.jvm.await("running");
        return node;
    }

    /** What routes have done. */
    static List<String> lines(PhotoFolder folder, String file) {
        Path path = folder.root().resolve(file);
        try {
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(String photo) {
        jvm.say("send " + photo);
    }

    /** The link, or the simple name of the exception. */
    String awaitEnd(String photo) {
        return jvm.await("ended " + photo);
    }

    /** From now on videos come to a route, {@code recovered}, or unknown runs, {@code held}. */
    LateProcess consume(String late) {
        jvm.say("consume " + late);
        return this;
    }

    LateProcess fail(boolean failing) {
        jvm.say("fail " + failing);
        return this;
    }

    /** @param photo empty for any */
    boolean isStopped(LateStep step, String photo) {
        jvm.say("stopped " + LateStops.at(step, photo));
        return Boolean.parseBoolean(jvm.await("stopped"));
    }

    /** Lets its timers ring until then: the first look of a message, a turn of the background look-up, a recovery. */
    void ringUntil(Callable<Boolean> condition) {
        await().atMost(ChildJvm.PATIENCE).pollInterval(Duration.ofMillis(30)).until(() -> {
            jvm.say("ring");
            return condition.call();
        });
    }

    /** Waits until it has asked the ledger so often more. */
    void awaitMore(String method, int times) {
        int before = calls(method);
        ringUntil(() -> calls(method) >= before + times);
    }

    int calls(String method) {
        jvm.say("calls " + method);
        return Integer.parseInt(jvm.await("calls"));
    }

    ChildJvm jvm() {
        return jvm;
    }

    @Override
    public void close() {
        jvm.close();
    }
}
