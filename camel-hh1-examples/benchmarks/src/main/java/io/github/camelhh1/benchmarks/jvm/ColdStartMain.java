package io.github.camelhh1.benchmarks.jvm;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.benchmarks.report.Figures;
import io.github.camelhh1.benchmarks.report.Printer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A small application: says that its route has started, and ends. */
public final class ColdStartMain {
    private ColdStartMain() {}

    public static void main(String[] arguments) throws Exception {
        boolean component = Boolean.parseBoolean(Figures.parse(arguments[0]).text("component"));
        try (var context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    var route = from("direct:start").to("http://127.0.0.1:1/photos");
                    if (component) {
                        var options =
                                context.getComponent("hh1", Hh1Component.class).getConfiguration();
                        options.setAccountId("account");
                        options.setApiKey("key");
                        route.to("hh1:generate?prompt=slow");
                    }
                }
            });
            context.start();
            Printer.line("started=true");
        }
    }
}
