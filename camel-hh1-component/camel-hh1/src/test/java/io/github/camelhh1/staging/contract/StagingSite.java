package io.github.camelhh1.staging.contract;

import java.util.Set;
import org.apache.camel.CamelContext;

/** A place to stage in, as its tests see it. */
public interface StagingSite {

    /** Gives the context what the options name. */
    void configure(CamelContext context) throws Exception;

    /** Staging options, as they stand in the URI of an endpoint. */
    String options();

    /** Names of the images that lie there now. */
    Set<String> images();

    /** Is another one after each put of this image. */
    Object stamp(String name);

    void refusePuts(String name);

    void refuseRemovals(String name);

    /** Takes {@link #refusePuts} and {@link #refuseRemovals} back. */
    void behave();

    void close() throws Exception;
}
