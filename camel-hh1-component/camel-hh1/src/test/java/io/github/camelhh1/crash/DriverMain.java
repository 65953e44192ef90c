package io.github.camelhh1.crash;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.jdbc.ShortLease;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** A route in a process of its own, to be killed; {@link Driver} is the tests' end of it. */
final class DriverMain {
    private static final int AT_ONCE = 12;
    private static final int UNLIMITED = 1_000;

    private DriverMain() {}

    @SuppressWarnings("try")
    public static void main(String[] arguments) throws Exception {
        var orders = DriverSettings.of(arguments);
        var checkpoint = new Checkpoint(orders.stop());
        try (CamelContext context = new DefaultCamelContext()) {
            context.getShutdownStrategy().setTimeout(10);
            context.addComponent("hh1", component(context, orders, checkpoint));
            context.addRoutes(new DriverRoute(orders, checkpoint));
            System.out.println("starting");
            context.start();
            System.out.println("running");
            obey(checkpoint);
        }
        System.exit(0);
    }

    private static Hh1Component component(CamelContext context, DriverSettings orders, Checkpoint checkpoint) {
        var component = new Hh1Component(context);
        component.getConfiguration().setBaseUrl(orders.baseUrl());
        component.getConfiguration().setLookup(orders.lookup());
        if (orders.tasks()) {
            component.getConfiguration().setBackend("modelstudio");
            component.getConfiguration().setPollInterval(50);
            component.setMaxTasks(AT_ONCE);
            component.setMaxCreatesPerSecond(UNLIMITED);
            component.setMaxPollsPerSecond(UNLIMITED);
        } else {
            component.getConfiguration().setAccountId("0123456789abcdef0123456789abcdef");
        }
        component.getConfiguration().setApiKey("simulator-key");
        component.getConfiguration().setAllowPrivateHosts(true);
        component.setLedger(WatchedLedger.of(ledger(orders.ledger(), orders.leaseMillis()), checkpoint));
        return component;
    }

    /** @param leaseMillis 0 for its own default */
    static Ledger ledger(String url, long leaseMillis) {
        var lease = Duration.ofMillis(leaseMillis);
        if (lease.isZero()) {
            return Ledgers.of(url);
        }
        return url.startsWith(LedgerStorage.H2.prefix)
                ? ShortLease.of(url, lease)
                : Ledgers.jdbc(TwoNodes.pool(url), lease);
    }

    /** Until it is told to stop, or until who could tell is gone. */
    private static void obey(Checkpoint checkpoint) throws IOException {
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null && !line.equals("stop"); line = commands.readLine()) {
            if (line.equals("go")) {
                checkpoint.go();
            }
        }
    }
}
