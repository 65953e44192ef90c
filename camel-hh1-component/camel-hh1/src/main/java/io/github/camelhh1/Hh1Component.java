package io.github.camelhh1;

import io.github.camelhh1.http.HostNames;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.Health;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;

/** Turns messages into videos. Owns the parts that its endpoints share. */
@Component("hh1")
public class Hh1Component extends Hh1ComponentOptions {
    private HostNames.Resolver resolver = HostNames.Resolver.SYSTEM;
    private volatile @Nullable ComponentParts parts;
    private Runnable noHealth = () -> {};

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
        EndpointUri.checkDuration(parameters.get("duration"));
        try {
            setProperties(endpoint, parameters);
        } catch (PropertyBindingException e) {
            throw getEndpointPropertyConfigurer() instanceof PropertyConfigurerGetter options
                    ? EndpointUri.unusable(e, options.getOptionType(e.getPropertyName(), true))
                    : e;
        }
        EndpointUri.checkNames(uri, remaining, parameters.keySet());
        return endpoint;
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
    }

    /** Health and meters, which have this component's name. */
    private void show() {
        parts().showMeters();
        noHealth.run();
        noHealth = getLedger().isDurable() && isHealthCheckProducerEnabled() ? Health.ofLedger(parts()) : () -> {};
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

    /** For tests: the resolver of host names, once this component is started. */
    void resolver(HostNames.Resolver other) {
        this.resolver = other;
    }
}
