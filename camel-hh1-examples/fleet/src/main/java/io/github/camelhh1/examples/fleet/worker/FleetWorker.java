package io.github.camelhh1.examples.fleet.worker;

import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program: it works until SIGTERM, finishes what it has begun, and ends with status 0. */
public final class FleetWorker {
    private static final Logger LOG = LoggerFactory.getLogger("fleet");
    private static final int STOPPED = 0;
    static final int FAILED = 1;
    static final int WRONG_SETTINGS = 2;

    /** Set by SIGTERM. */
    private static volatile boolean told;

    private FleetWorker() {}

    public static void main(String... words) {
        Thread working = Thread.currentThread();
        // After SIGTERM the JVM would end with 143 as soon as Camel has stopped, although the stop was orderly.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(working), "fleet-worker-end"));
        int status = run(System.getenv()::get, words);
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }

    private static void end(Thread working) {
        told = true;
        try {
            working.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The exit status: 0 after an orderly stop, 1 when something failed, 2 when the settings are wrong. */
    static int run(UnaryOperator<String> environment, String... words) {
        WorkerSettings settings;
        try {
            settings = WorkerSettings.read(environment);
        } catch (IllegalArgumentException e) {
            LOG.error("The worker cannot start: {}", e.getMessage());
            return WRONG_SETTINGS;
        }
        return work(settings, words);
    }

    static int work(WorkerSettings settings, String... words) {
        try (Worker worker = words.length == 0 ? Worker.forPhotos(settings) : Worker.forCommands(settings)) {
            var problems = worker.problems();
            if (!problems.isEmpty()) {
                LOG.error("The worker cannot start: {}", String.join("; ", problems));
                return WRONG_SETTINGS;
            }
            if (words.length > 0) {
                return new Commands(System.out).carryOut(worker, List.of(words));
            }
            worker.main().addMainListener(new MainListenerSupport() {
                @Override
                public void afterStart(BaseMainSupport main) {
                    LOG.info(
                            "The worker takes photos from {}", settings.queues().photos());
                }
            });
            worker.main().run();
            return STOPPED;
        } catch (Exception e) {
            if (told) {
                LOG.info("The worker was stopped while it started");
                return STOPPED;
            }
            LOG.error("The worker stopped: {}", rootMessage(e));
            return FAILED;
        }
    }

    /** Camel wraps what a component says into exceptions that name routes and endpoints. */
    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
