package io.github.camelhh1.examples.filedrop;

import io.github.camelhh1.examples.filedrop.progress.Console;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Processor;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.ProcessDefinition;

/** The program as it is, but for one step of its route: before or after that it says so, and goes no further. */
public final class HaltingDrop {
    private final Console console = new Console(System.out);
    private final boolean after;
    private final String name;

    private HaltingDrop(String when) {
        after = when.startsWith("after ");
        name = when.substring(when.indexOf(' ') + 1);
    }

    public static void main(String... args) throws Exception {
        new HaltingDrop(System.getProperty("halt.at")).run();
    }

    private void run() throws Exception {
        Settings settings = Settings.read(variable -> null, System::getProperty);
        try (DropApplication application = DropApplication.prepare(settings, console, Clock.systemUTC())) {
            application.main().addMainListener(new MainListenerSupport() {
                @Override
                public void beforeConfigure(BaseMainSupport main) {
                    main.getCamelContext()
                            .getCamelContextExtension()
                            .addInterceptStrategy((context, node, step, next) ->
                                    node instanceof ProcessDefinition process && name.equals(process.getRef())
                                            ? halting(step)
                                            : step);
                }
            });
            application.run();
        }
    }

    private Processor halting(Processor step) {
        return exchange -> {
            if (after) {
                step.process(exchange);
            }
            console.line("halted");
            new CountDownLatch(1).await();
        };
    }
}
