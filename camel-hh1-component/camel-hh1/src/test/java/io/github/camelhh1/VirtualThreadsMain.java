package io.github.camelhh1;

import io.github.camelhh1.simulator.Hh1Simulator;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Makes one video and says on what kind of thread the route went on, for {@link VirtualThreadsTest}. */
final class VirtualThreadsMain {
    private VirtualThreadsMain() {}

    public static void main(String[] arguments) throws Exception {
        try (Hh1Simulator images = Hh1Simulator.builder().rendering(false).start();
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:photo").to("hh1:generate?backend=simulator").process(exchange -> {
                        Object virtual = Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
                        exchange.setProperty("virtual", virtual);
                    });
                }
            });
            context.start();
            var ended = context.createProducerTemplate()
                    .request("direct:photo", exchange -> exchange.getMessage().setBody(images.sampleImageUrl()));
            if (ended.getException() != null) {
                throw ended.getException();
            }
            System.out.println("virtual=" + ended.getProperty("virtual"));
        }
    }
}
