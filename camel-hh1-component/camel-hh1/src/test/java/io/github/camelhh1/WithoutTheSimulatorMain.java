package io.github.camelhh1;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Starts a route to a backend in a JVM whose class path holds the component and Camel, and says how that went. */
public final class WithoutTheSimulatorMain {
    private WithoutTheSimulatorMain() {}

    public static void main(String[] arguments) throws Exception {
        try (var context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:photos").to(arguments[0]);
                }
            });
            context.start();
            System.out.println("started");
        } catch (Exception e) {
            Throwable cause = e;
            while (cause.getCause() != null && !(cause instanceof IllegalArgumentException)) {
                cause = cause.getCause();
            }
            System.out.println(cause.getClass().getName() + ": " + cause.getMessage());
        }
    }
}
