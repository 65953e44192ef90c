package io.github.camelhh1;

import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.Ledgers;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Starts a route to a backend in a JVM whose class path holds the component and Camel, and says how that went.
 * The second argument is the ledger. */
public final class WithoutTheSimulatorMain {
    private WithoutTheSimulatorMain() {}

    public static void main(String[] arguments) throws Exception {
        try (var context = new DefaultCamelContext()) {
            if (arguments.length > 1) {
                context.getComponent("hh1", Hh1Component.class).setLedger(Ledgers.of(arguments[1]));
            }
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
            while (cause.getCause() != null
                    && !(cause instanceof IllegalArgumentException || cause instanceof LedgerException)) {
                cause = cause.getCause();
            }
            System.out.println(cause.getClass().getName() + ": " + cause.getMessage());
        }
    }
}
