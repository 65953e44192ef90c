package io.github.camelhh1;

import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.wiring.Backend;
import io.github.camelhh1.wiring.EndpointOptions;
import io.github.camelhh1.wiring.VideoFetch;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.StatefulService;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.jspecify.annotations.Nullable;

/** Turn a photo and a prompt into a video with the image-to-video model HappyHorse 1.0. */
@ManagedResource(description = "Managed hh1 endpoint")
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "hh1",
        title = "HappyHorse Video",
        syntax = "hh1:operation",
        category = {Category.AI, Category.CLOUD},
        headersClass = Hh1Constants.class)
public class Hh1Endpoint extends ScheduledPollEndpoint implements AsyncEndpoint, EndpointServiceLocation {
    private static final long LOOK_MILLIS = 10_000;

    /**
     * The operation: generate a video, estimate its request and cost, download a video, list the ledger's runs, adopt
     * a video for a run, forget a run, look an unknown run up, show the day's budget, or prune the ledger. Consumers:
     * recovered and held hand on runs that got their video, or stayed unknown, when no exchange waited for them.
     */
    @UriPath
    @Metadata(required = true)
    private Hh1Operation operation = Hh1Operation.generate;

    @UriParam
    private Hh1Configuration configuration;

    @UriParam
    private Hh1MessageOptions input = new Hh1MessageOptions();

    /**
     * Of recovered: the time after which a run is handed on, counted since it was completed and since a delivery last
     * asked for it. Choose it longer than the source takes to deliver a message again. Of held: the time for which a
     * run must have been unknown.
     */
    @UriParam(label = "consumer", defaultValue = "10m", javaType = "java.time.Duration")
    private long after = 600_000;

    /** Of recovered and held: the most exchanges that are under way at once. */
    @UriParam(label = "consumer", defaultValue = "4")
    private int maxConcurrent = 4;

    /** Milliseconds before the next poll. */
    @UriParam(label = "consumer,scheduler", defaultValue = "10000")
    private long delay = -1;

    private final Hh1Configuration defaults;
    private final int changesOfDefaults;

    public Hh1Endpoint(String uri, Hh1Component component, Hh1Configuration configuration) {
        super(uri, component);
        this.configuration = configuration;
        this.defaults = component.getConfiguration();
        this.changesOfDefaults = defaults.changes();
    }

    @Override
    public Producer createProducer() {
        if (operation == Hh1Operation.recovered || operation == Hh1Operation.held) {
            throw new UnsupportedOperationException("You cannot send messages to this endpoint: begin a route with it,"
                    + " as in from(\"hh1:" + operation + "\")");
        }
        return new Hh1Producer(
                this,
                switch (operation) {
                    case generate -> options -> new Generate(options, getComponent().rememberedKeys);
                    case estimate -> Generate::estimate;
                    case download -> options -> new VideoFetch(options)::download;
                    case runs -> RunOperations::runs;
                    case adopt -> RunOperations::adopt;
                    case forget -> RunOperations::forget;
                    case lookup -> RunOperations::lookup;
                    case budget -> RunOperations::budget;
                    case prune -> RunOperations::prune;
                    case recovered, held -> throw new IllegalStateException();
                });
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        RunState state =
                switch (operation) {
                    case recovered -> RunState.COMPLETED;
                    case held -> RunState.UNKNOWN;
                    default ->
                        throw new UnsupportedOperationException(
                                "You cannot receive messages from this endpoint: send to hh1:" + operation
                                        + ", or consume from hh1:recovered or hh1:held");
                };
        var consumer = new Hh1Consumer(this, processor, state);
        configureConsumer(consumer);
        return consumer;
    }

    /** Camel's own default is half a second, and each poll asks the database. */
    @Override
    protected void doConfigureConsumer(Consumer consumer) {
        super.doConfigureConsumer(consumer);
        if (delay < 0 && consumer instanceof ScheduledPollConsumer polling) {
            polling.setDelay(Math.max(1, getTimeUnit().convert(LOOK_MILLIS, TimeUnit.MILLISECONDS)));
        }
    }

    @Override
    public Hh1Component getComponent() {
        return (Hh1Component) super.getComponent();
    }

    @ManagedAttribute(description = "Operation of the endpoint")
    public String getOperationName() {
        return operation.name();
    }

    /** Null for operations that call no service, and for the simulator, whose port is not known yet. */
    @Override
    public @Nullable String getServiceUrl() {
        return operation == Hh1Operation.generate && !configuration.getBackend().equals("simulator")
                ? Backend.baseUrl(configuration)
                : null;
    }

    @Override
    public String getServiceProtocol() {
        return configuration.getBaseUrl().startsWith("http:") ? "http" : "https";
    }

    @Override
    public Map<String, String> getServiceMetadata() {
        return Map.of("backend", configuration.getBackend(), "model", configuration.getModel());
    }

    /** For a producer or a consumer, while the component is started. No option changes meanwhile. */
    EndpointOptions options(StatefulService user) {
        if (defaults != getComponent().getConfiguration() || defaults.changes() != changesOfDefaults) {
            throw new IllegalStateException(
                    this + " was made before options of its component were changed, and would"
                            + " ignore them. Remove it from the Camel context, with the routes that use it, and add those anew");
        }
        configuration.usedBy(user);
        input.usedBy(user);
        return new EndpointOptions(
                getEndpointUri(),
                operation.name(),
                configuration,
                input,
                getComponent().parts());
    }

    public Hh1Operation getOperation() {
        return operation;
    }

    public void setOperation(Hh1Operation operation) {
        this.operation = configuration.changed(this.operation, operation);
    }

    public Hh1Configuration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(Hh1Configuration configuration) {
        this.configuration = this.configuration.changed(this.configuration, configuration);
    }

    public Hh1MessageOptions getInput() {
        return input;
    }

    public void setInput(Hh1MessageOptions input) {
        this.input = configuration.changed(this.input, input);
    }

    public long getAfter() {
        return after;
    }

    public void setAfter(long after) {
        this.after = configuration.changed(this.after, after);
    }

    public int getMaxConcurrent() {
        return maxConcurrent;
    }

    public void setMaxConcurrent(int maxConcurrent) {
        this.maxConcurrent = configuration.changed(this.maxConcurrent, maxConcurrent);
    }

    @Override
    public long getDelay() {
        return delay;
    }

    @Override
    public void setDelay(long delay) {
        super.setDelay(delay);
        this.delay = configuration.changed(this.delay, delay);
    }

    @Override
    public void setLazyStartProducer(boolean enabled) {
        super.setLazyStartProducer(configuration.changed(isLazyStartProducer(), enabled));
    }
}
