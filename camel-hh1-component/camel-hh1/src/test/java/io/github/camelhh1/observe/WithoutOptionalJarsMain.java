package io.github.camelhh1.observe;

import io.github.camelhh1.simulator.Hh1Simulator;
import java.util.Map;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.PluginHelper;

/** One video, for {@link WithoutOptionalJarsTest}. */
final class WithoutOptionalJarsMain {
    private WithoutOptionalJarsMain() {}

    public static void main(String[] arguments) throws Exception {
        try (var context = new DefaultCamelContext()) {
            context.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
                @Override
                public void notify(CamelEvent event) {}
            });
            context.start();
            try (var simulator = Hh1Simulator.builder().rendering(false).start()) {
                context.getRegistry().bind("simulator", simulator);
                Object video = context.createProducerTemplate()
                        .requestBody("hh1:generate?backend=simulator", simulator.sampleImageUrl());
                System.out.println(String.valueOf(video).startsWith("http") ? "video" : video);
                Object console = PluginHelper.getDevConsoleResolver(context)
                        .resolveDevConsole("hh1")
                        .call(MediaType.TEXT, Map.of());
                System.out.println(String.valueOf(console).contains("outcome=Completed") ? "console" : console);
            }
        }
    }
}
