package io.github.camelhh1.observe;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.simulator.Hh1Simulator;
import org.apache.camel.impl.DefaultCamelContext;

/** Makes a video in an application that has no registry of meters, and says whether Micrometer is on its class path. */
final class CoreOnlyMain {
    private CoreOnlyMain() {}

    public static void main(String[] arguments) throws Exception {
        try (var context = new DefaultCamelContext();
                var simulator = Hh1Simulator.start()) {
            context.getRegistry().bind("simulator", simulator);
            var component = context.getComponent("hh1", Hh1Component.class);
            component.getConfiguration().setBackend("simulator");
            component.setMaxSecondsPerDay(100L);
            context.start();
            String link = context.createProducerTemplate()
                    .requestBody("hh1:generate?duration=3", simulator.sampleImageUrl(), String.class);
            System.out.println("made " + link.startsWith("http") + ", Micrometer " + hasMicrometer());
        }
    }

    private static boolean hasMicrometer() {
        try {
            Class.forName("io.micrometer.core.instrument.MeterRegistry");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
