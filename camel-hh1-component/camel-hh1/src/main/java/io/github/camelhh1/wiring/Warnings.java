package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.key.UpstreamId;
import io.github.camelhh1.text.CleanText;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ShutdownStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warnings about the options of a component, each of which is said once. Safe for use by many threads. */
public final class Warnings {
    private static final Logger LOG = LoggerFactory.getLogger(Warnings.class);

    private final boolean durable;
    private final Supplier<String> component;
    private final Consumer<String> unknownRuns;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /**
     * Nothing was said yet.
     *
     * @param durable whether the ledger outlives this JVM
     * @param component its name
     * @param unknownRuns warns of runs of an account that were unknown before the ledger was opened
     */
    Warnings(boolean durable, Supplier<String> component, Consumer<String> unknownRuns) {
        this.durable = durable;
        this.component = component;
        this.unknownRuns = unknownRuns;
    }

    /** Warns once of a ledger in memory, for the first endpoint that may pay; and once of the simulator. */
    void ofPaying(boolean paying) {
        if (paying && !durable && said.add("ledger")) {
            LOG.warn(
                    "ledger=memory: the record of paid requests is lost when this JVM ends, and they may then be paid twice."
                            + " Set the component's option ledger, to jdbc:sqlite:hh1.db or to a DataSource, to keep it");
        }
        if (!paying && said.add("backend")) {
            LOG.warn(
                    "backend=simulator: the component {} asks a simulator on this machine: no real video is made, and"
                            + " nothing is paid. Production needs another backend",
                    component.get());
        }
    }

    /** Warns once: a stop of the context may end calls that are paid. */
    public void ofStopping(CamelContext context, Duration generationTimeout) {
        ShutdownStrategy strategy = context.getShutdownStrategy();
        Duration waits =
                Duration.of(strategy.getTimeout(), strategy.getTimeUnit().toChronoUnit());
        if (!waits.isZero() && waits.compareTo(generationTimeout) < 0 && said.add("stop")) {
            LOG.warn(
                    "When the Camel context stops, it waits {} s for its routes, and a video may take until"
                            + " generationTimeout={} s. A call that the stop ends may be paid, and its run is held. Set"
                            + " camel.main.shutdownTimeout={} or more, and let the platform wait as long before it kills"
                            + " the process{}",
                    waits.toSeconds(),
                    generationTimeout.toSeconds(),
                    generationTimeout.plusMinutes(1).toSeconds(),
                    "dev".equals(context.getCamelContextExtension().getProfile())
                            ? ". The profile dev of Camel sets 10 s, on Camel 4.18 whatever is configured: use the profile prod, as"
                                    + " with camel run --profile=prod"
                            : "");
        }
    }

    /** Warns once: the consumer may deliver the message again, and the message has no id that identifies it. */
    public void ofAKeyThatARestartLoses(Exchange exchange) {
        String consumer = UpstreamId.redeliverer(exchange);
        if (consumer != null && durable && said.add("keys")) {
            LOG.warn(
                    "A message from {}: has no id that this component knows. Its request got a key that only this JVM"
                            + " knows, so that the ledger cannot know it again: delivered again, it is sent and paid"
                            + " again. Set the header {} or the option requestKey, or name the headers that identify"
                            + " such messages in the option upstreamIdHeaders. This is said once.",
                    consumer,
                    Hh1Constants.REQUEST_KEY);
        }
    }

    /**
     * Warns, once for each, of a problem that makes the logs of a gateway useless for look-ups.
     *
     * @param problem null when the logs can be used again
     */
    void ofLookups(String gateway, @Nullable String problem) {
        if (!said.add("logs " + gateway + problem)) {
            return;
        } else if (problem == null) {
            LOG.info(
                    "The logs of the AI gateway {} can be read: unknown outcomes are looked up", CleanText.of(gateway));
        } else {
            LOG.warn("The AI gateway {} {}", CleanText.of(gateway), problem);
        }
    }

    /** Warns once of a problem that prevents listing the tasks of an account. */
    void ofTasks(String account, String problem) {
        if (said.add(account + problem)) {
            LOG.warn("Tasks of {} {}", CleanText.of(account), problem);
        }
    }

    /** Warns once for each account of runs that were unknown before this component opened the ledger. */
    void ofUnknownRuns(String account) {
        if (durable && said.add("unknown " + account)) {
            unknownRuns.accept(account);
        }
    }
}
