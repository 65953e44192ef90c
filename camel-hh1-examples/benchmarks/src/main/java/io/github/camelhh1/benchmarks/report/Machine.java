package io.github.camelhh1.benchmarks.report;

import org.apache.camel.impl.DefaultCamelContext;

/** The machine on which figures were measured. */
public final class Machine {
    private Machine() {}

    public static String describe() {
        return Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", " + System.getProperty("java.vm.name") + " " + Runtime.version()
                + ", its default collector, Camel " + new DefaultCamelContext(false).getVersion()
                + "; everything over loopback, client and service on the same cores.";
    }
}
