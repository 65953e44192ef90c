package io.github.camelhh1.examples.fleet.route;

import java.io.Closeable;
import java.util.List;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.main.Main;

/** The source of photos, and the destination of videos and failures. */
public interface Place extends Closeable {

    /** Puts what its routes name into Camel's registry. */
    void bind(Main main);

    List<RoutesBuilder> routes();

    /**
     * Checks the place before the first photo is taken. Returns each problem with its remedy; none if the worker may
     * start.
     */
    List<String> problems();

    /**
     * Puts what failed or is held back, to be tried again.
     *
     * @return how many
     */
    int redrive();

    @Override
    void close();
}
