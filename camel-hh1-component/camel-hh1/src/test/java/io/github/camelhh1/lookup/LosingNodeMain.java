package io.github.camelhh1.lookup;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.ledger.Ledgers;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** A process that loses the answer to its one request, and looks it up until it is killed. */
public final class LosingNodeMain {
    private LosingNodeMain() {}

    /** {@code arguments}: the service's base URL, account and key, the ledger's URL, the image's link. */
    @SuppressWarnings("try")
    public static void main(String[] arguments) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            var component = new Hh1Component(context);
            component.getConfiguration().setBaseUrl(arguments[0]);
            component.getConfiguration().setAccountId(arguments[1]);
            component.getConfiguration().setApiKey(arguments[2]);
            component.getConfiguration().setLookupTimeout(3_600_000);
            component.setLedger(Ledgers.of(arguments[3]));
            context.addComponent("hh1", component);
            context.start();
            context.createProducerTemplate().sendBody("hh1:generate?preflight=off", arguments[4]);
        }
    }
}
