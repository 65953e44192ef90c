package io.github.camelhh1;

import org.apache.camel.CamelContext;

/** Sets properties of the component, as Camel Main and Spring Boot do. Refuses an unknown one and shows the closest. */
final class ComponentProperties extends Hh1ComponentConfigurer {
    @Override
    public boolean configure(
            CamelContext context, Object component, String name, Object value, boolean ignoreCase) {
        if (super.configure(context, component, name, value, ignoreCase)) {
            return true;
        }
        throw EndpointUri.unknown(name, this);
    }
}
