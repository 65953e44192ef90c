package io.github.camelhh1.examples.fleet.route;

import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import io.github.camelhh1.failure.VideoExpiredException;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;

/**
 * Runs that ended when no message waited for them. A run that fails here comes again, after 10 seconds and later.
 *
 * @see io.github.camelhh1.Hh1Constants#CORRELATION
 */
public final class LateRoutes extends RouteBuilder {
    private final WorkerSettings settings;
    private final Processor name;
    private final Processor store;
    private final Processor tell;

    /**
     * @param name finds the photo by the run's correlation
     * @param store keeps the video under the run's id
     * @param tell keeps the reason, and the commands that settle the run
     */
    public LateRoutes(WorkerSettings settings, Processor name, Processor store, Processor tell) {
        this.settings = settings;
        this.name = name;
        this.store = store;
        this.tell = tell;
    }

    @Override
    public void configure() {
        onException(VideoExpiredException.class)
                .handled(true)
                .logExhausted(false)
                .process(tell);

        from(consumer("recovered"))
                .routeId("recovered")
                .process(name)
                .to("hh1:download")
                .process(store);

        from(consumer("held")).routeId("held").process(name).process(tell);
    }

    private String consumer(String kind) {
        return "hh1:" + kind + "?after=" + settings.times().late().toMillis() + "&group="
                + settings.queues().photos();
    }
}
