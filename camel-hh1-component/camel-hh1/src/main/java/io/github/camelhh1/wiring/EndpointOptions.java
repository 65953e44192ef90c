package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.Hh1MessageOptions;
import org.apache.camel.CamelContext;

/**
 * What the options of an endpoint say, and the component that it belongs to.
 *
 * @param operation what the endpoint does
 */
public record EndpointOptions(
        String uri,
        String operation,
        Hh1Configuration configuration,
        Hh1MessageOptions message,
        ComponentParts component) {

    CamelContext context() {
        return component.context();
    }
}
