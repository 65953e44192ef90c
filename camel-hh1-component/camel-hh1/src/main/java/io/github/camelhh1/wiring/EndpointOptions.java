package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.Hh1MessageOptions;
import org.apache.camel.CamelContext;

/** The options of an endpoint, and its started component. */
public record EndpointOptions(
        String uri,
        String operation,
        Hh1Configuration configuration,
        Hh1MessageOptions message,
        ComponentParts component) {

    public CamelContext context() {
        return component.context();
    }
}
