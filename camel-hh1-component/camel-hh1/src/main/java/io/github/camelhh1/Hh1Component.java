package io.github.camelhh1;

import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.http.HostNames;
import io.github.camelhh1.key.RememberedKeys;
import io.github.camelhh1.ledger.Amount.Spending;
import io.github.camelhh1.observe.Readings.LedgerLook;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.Health;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns messages into videos. Owns the parts that its endpoints share. Its figures and two operations are in JMX. */
@ManagedResource(description = "Managed hh1 component")
@Component("hh1")
public class Hh1Component extends Hh1ComponentOptions {
    private static final Logger LOG = LoggerFactory.getLogger(Hh1Component.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private HostNames.Resolver resolver = HostNames.Resolver.SYSTEM;
    private volatile @Nullable ComponentParts parts;
    private Runnable noHealth = () -> {};
    /** Messages may be on their way while this component is stopped and started. */
    final RememberedKeys rememberedKeys = new RememberedKeys();
    /** The started ones. They go on when this component is started again. */
    final Set<Hh1Producer> producers = ConcurrentHashMap.newKeySet();

    private final LifecycleStrategySupport lifecycle = new LifecycleStrategySupport() {
        @Override
        public void onComponentAdd(String name, org.apache.camel.Component component) {
            // A component that is added to a started context starts before it has this name.
            if (component == Hh1Component.this && isStarted()) {
                show();
            }
        }

        @Override
        public void onContextStopping(CamelContext context) {
            contextStopping(context.getShutdownStrategy());
        }

        /** Camel calls this for each part of a route that has stopped; it calls no method of producers. */
        @Override
        public void onServiceRemove(CamelContext context, Service service, @Nullable Route route) {
            ComponentParts started = parts;
            if (route != null && started != null) {
                started.open.recall(routes -> routes.contains(route.getRouteId()));
            }
        }
    };

    public Hh1Component() {}

    public Hh1Component(CamelContext context) {
        super(context);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        EndpointUri.checkRawExpressions(uri);
        var endpoint = new Hh1Endpoint(uri, this, getConfiguration().copy());
        endpoint.setOperation(EndpointUri.operation(remaining));
        var options = (PropertyConfigurerGetter) getEndpointPropertyConfigurer();
        EndpointUri.checkNumbers(parameters, options);
        try {
            setProperties(endpoint, parameters);
        } catch (PropertyBindingException e) {
            String name = String.valueOf(e.getPropertyName());
            throw EndpointUri.unusable(name, e.getValue(), options.getOptionType(name, true), e);
        }
        EndpointUri.checkNames(uri, remaining, parameters.keySet());
        return endpoint;
    }

    /** Of a class of the application, Camel may find setters that this configurer does not know. */
    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        PropertyConfigurer camels = super.getComponentPropertyConfigurer();
        return getClass() == Hh1Component.class && camels instanceof PropertyConfigurerGetter options
                ? new EndpointUri.OfComponent(camels, options)
                : camels;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        own.usedBy(this);
        getConfiguration().usedBy(this);
        OptionRules.check(this);
        parts = new ComponentParts(this, resolver);
        show();
        getCamelContext().addLifecycleStrategy(lifecycle);
        if (!goOn(parts())) {
            LOG.warn(
                    "Started without the ledger, which is tried again every {} s and by each message: {}",
                    PAUSE.toSeconds(),
                    parts().ledgerFailsBecause());
        }
    }

    /** Open tasks and look-ups wait neither for a message nor, when the ledger is back, for a start. */
    private boolean goOn(ComponentParts started) {
        boolean all = parts != started || producers.stream().allMatch(Hh1Producer::goOn);
        if (!all) {
            started.timers
                    .after(PAUSE)
                    .thenAcceptAsync(
                            passed -> {
                                if (passed) {
                                    goOn(started);
                                }
                            },
                            started.callbacks);
        }
        return all;
    }

    /** Health and meters, which have this component's name. */
    private void show() {
        parts().showMeters();
        noHealth.run();
        noHealth = Health.of(parts());
    }

    /** Without a time-out everything goes on until this component is stopped. */
    private void contextStopping(@Nullable ShutdownStrategy strategy) {
        ComponentParts started = parts;
        if (started != null && strategy != null && strategy.getTimeUnit() != null && strategy.getTimeout() > 0) {
            long millis = strategy.getTimeUnit().toMillis(strategy.getTimeout());
            started.grace.begin(Duration.ofMillis(millis));
        }
    }

    @Override
    protected void doStop() throws Exception {
        // Here: a component that is removed is stopped and not shut down.
        getCamelContext().getLifecycleStrategies().remove(lifecycle);
        noHealth.run();
        noHealth = () -> {};
        if (parts != null) {
            parts.stop();
            parts = null;
        }
        super.doStop();
    }

    /** The parts that endpoints share while this component is started. */
    ComponentParts parts() {
        ComponentParts started = parts;
        if (started == null) {
            throw new IllegalStateException("the component hh1 is not started");
        }
        return started;
    }

    /** The same; null while it is not started. */
    @Nullable
    ComponentParts startedParts() {
        return parts;
    }

    private <T> @Nullable T figure(Function<ComponentParts, @Nullable T> figure) {
        ComponentParts started = parts;
        return started == null ? null : figure.apply(started);
    }

    /** Of the account that has used most of its day. */
    private <T> @Nullable T spending(Function<Spending, T> figure) {
        LedgerLook look = figure(started -> started.ledgerFigures.get());
        Spending most = look == null ? null : look.most();
        return most == null ? null : figure.apply(most);
    }

    @ManagedAttribute(description = "Messages that were sent and have not ended")
    public @Nullable Integer getInFlight() {
        return figure(started -> started.figures.inFlight());
    }

    @ManagedAttribute(description = "Messages that wait for a permit")
    public @Nullable Integer getWaiting() {
        return figure(ComponentParts::waiting);
    }

    @ManagedAttribute(description = "Milliseconds since the oldest message on its way was accepted")
    public @Nullable Long getOldestAgeMillis() {
        return figure(
                started -> started.figures.oldest(started.timers.nanoTime()).toMillis());
    }

    @ManagedAttribute(description = "Half of the last 50 videos of this node took no longer, in milliseconds")
    public @Nullable Long getMedianMillis() {
        Duration median = figure(started -> started.figures.median());
        return median == null ? null : median.toMillis();
    }

    @ManagedAttribute(
            description = "Runs of the ledger whose outcome is unknown; null while the ledger does not answer")
    public @Nullable Long getUnknownRuns() {
        LedgerLook look = figure(started -> started.ledgerFigures.get());
        return look == null ? null : look.unknownRuns();
    }

    @ManagedAttribute(description = "Why the ledger does not work; null while it works or was not needed yet")
    public @Nullable String getLedgerFailure() {
        return CleanText.ofHeader(figure(ComponentParts::ledgerFailsBecause));
    }

    @ManagedAttribute(description = "Whether the ledger does not work, so that nothing is sent")
    public boolean isLedgerFailing() {
        return getLedgerFailure() != null;
    }

    @ManagedAttribute(
            description = "Seconds of video spent today (UTC) by the account that has used most; with a cap only")
    public @Nullable Long getSecondsSpent() {
        return spending(one -> one.spent().seconds());
    }

    @ManagedAttribute(description = "Seconds of video reserved today (UTC) by the same account; with a cap only")
    public @Nullable Long getSecondsReserved() {
        return spending(one -> one.reserved().seconds());
    }

    @ManagedAttribute(description = "Cost spent today (UTC) by the same account; with a cap only")
    public @Nullable BigDecimal getCostSpent() {
        return spending(one -> one.spent().cost());
    }

    @ManagedAttribute(description = "Cost reserved today (UTC) by the same account; with a cap only")
    public @Nullable BigDecimal getCostReserved() {
        return spending(one -> one.reserved().cost());
    }

    @ManagedOperation(description = "As hh1:adopt: settles an unknown run with the link of its video")
    public String adopt(String runId, String url) throws Exception {
        return settle(Hh1Operation.adopt, runId, url);
    }

    @ManagedOperation(description = "As hh1:forget: frees a run, whose request may then be sent, and paid, again")
    public String forget(String runId) throws Exception {
        return settle(Hh1Operation.forget, runId, null);
    }

    private String settle(Hh1Operation operation, String runId, @Nullable String body) throws Exception {
        // Not in the registry of the context: it lives as long as this call.
        var endpoint =
                new Hh1Endpoint("hh1:" + operation, this, getConfiguration().copy());
        endpoint.setOperation(operation);
        Exchange exchange = endpoint.createExchange();
        exchange.getMessage().setHeader(Hh1Constants.RUN_ID, runId);
        exchange.getMessage().setBody(body);
        try (AsyncProducer producer = endpoint.createAsyncProducer()) {
            producer.start();
            producer.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            // Camel wraps the failure of a start.
            Exception own = exchange.getException(Hh1Exception.class);
            Exception failure = own != null ? own : exchange.getException();
            // A type of the JDK, and no cause: a console elsewhere does not have the classes of this jar.
            throw new IllegalStateException(failure.getClass().getSimpleName() + ": " + failure.getMessage());
        }
        return "Run " + runId + " is " + exchange.getMessage().getHeader(Hh1Constants.RUN_STATE);
    }

    /** For tests: the resolver of host names, once this component is started. */
    void resolver(HostNames.Resolver other) {
        this.resolver = other;
    }
}
