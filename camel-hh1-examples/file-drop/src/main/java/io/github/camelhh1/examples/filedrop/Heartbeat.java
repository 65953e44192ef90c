package io.github.camelhh1.examples.filedrop;

import io.github.camelhh1.examples.filedrop.progress.Console;
import io.github.camelhh1.examples.filedrop.progress.Progress;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Twice a second, while Camel runs: lets long steps speak, and ends the program when everything is through. */
final class Heartbeat extends MainListenerSupport {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Console console;
    private final Progress progress;
    private final BooleanSupplier isThrough;

    Heartbeat(Console console, Progress progress, BooleanSupplier isThrough) {
        this.console = console;
        this.progress = progress;
        this.isThrough = isThrough;
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        ScheduledExecutorService timer = main.getCamelContext()
                .getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(this, "file-drop-heartbeat");
        timer.scheduleWithFixedDelay(() -> beat(main), 500, 500, TimeUnit.MILLISECONDS);
    }

    @Override
    public void beforeStop(BaseMainSupport main) {
        int active = progress.activeCount();
        if (active > 0) {
            console.line("Stopping; " + active + " on the way will be waited for, as they may already be paid for");
        }
    }

    private void beat(BaseMainSupport main) {
        try {
            progress.tick();
            if (isThrough.getAsBoolean()) {
                ((Main) main).completed();
            }
        } catch (RuntimeException e) {
            LOG.warn("The folder could not be looked at", e);
        }
    }
}
