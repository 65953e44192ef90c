package io.github.camelhh1;

import io.github.camelhh1.wiring.EndpointOptions;
import io.github.camelhh1.wiring.VideoFetch;
import java.util.Map;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** Turn a photo and a prompt into a video with the image-to-video model HappyHorse 1.0. */
@ManagedResource(description = "Managed hh1 endpoint")
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "hh1",
        title = "HappyHorse Video",
        syntax = "hh1:operation",
        category = {Category.AI, Category.CLOUD},
        producerOnly = true,
        headersClass = Hh1Constants.class)
public class Hh1Endpoint extends DefaultEndpoint implements AsyncEndpoint, EndpointServiceLocation {

    @UriPath(
            description =
                    "The operation: generate a video, estimate its request and cost, download a video, list the ledger's runs, adopt a video for a run, forget a run, or show the day's budget.")
    @Metadata(required = true)
    private Hh1Operation operation = Hh1Operation.generate;

    @UriParam
    private Hh1Configuration configuration;

    @UriParam
    private Hh1MessageOptions input = new Hh1MessageOptions();

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
        return new Hh1Producer(
                this,
                switch (operation) {
                    case generate -> Generate::new;
                    case estimate -> Generate::estimate;
                    case download -> options -> new VideoFetch(options)::download;
                    case runs -> RunOperations::runs;
                    case adopt -> RunOperations::adopt;
                    case forget -> RunOperations::forget;
                    case budget -> RunOperations::budget;
                });
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("You cannot receive messages from this endpoint");
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
                ? configuration.getBaseUrl()
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

    /** For the operation of a producer, while the component is started. No option changes meanwhile. */
    EndpointOptions options(DefaultProducer producer) {
        if (defaults != getComponent().getConfiguration() || defaults.changes() != changesOfDefaults) {
            throw new IllegalStateException(
                    this + " was made before options of its component were changed, and would"
                            + " ignore them. Remove it from the Camel context, with the routes that use it, and add those anew");
        }
        configuration.usedBy(producer);
        input.usedBy(producer);
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

    @Override
    public void setLazyStartProducer(boolean enabled) {
        super.setLazyStartProducer(configuration.changed(isLazyStartProducer(), enabled));
    }
}
