package io.github.camelhh1;

import io.github.camelhh1.http.HostResolver;
import io.github.camelhh1.http.HttpProxy;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.wiring.ComponentOptions;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.Health;
import io.github.camelhh1.wiring.TlsContexts;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.Service;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/** Turns messages into videos. Owns what its endpoints share. */
@Component("hh1")
public class Hh1Component extends HealthCheckComponent implements SSLContextParametersAware {

    @Metadata(label = "advanced", description = "Options that are defaults of the endpoints.")
    private Hh1Configuration configuration = new Hh1Configuration();

    @Metadata(label = "producer", defaultValue = "8", description = "Calls in flight at once for this component.")
    private int maxInFlight = 8;

    @Metadata(
            label = "producer",
            defaultValue = "1000",
            description =
                    "Messages that wait for a permit without holding a thread. With 0 the calling thread itself waits.")
    private int maxQueued = 1000;

    @Metadata(
            label = "producer",
            defaultValue = "block",
            enums = "block,reject",
            description =
                    "With maxQueued messages waiting: hold the caller's thread back (block), or refuse the message (reject).")
    private String whenFull = "block";

    @Metadata(
            label = "timeout",
            defaultValue = "10s",
            javaType = "java.time.Duration",
            description = "Time to connect, for TCP and again for TLS, per address.")
    private long connectTimeout = 10_000;

    @Metadata(label = "security", description = "Trust and keys for TLS.")
    private @Nullable SSLContextParameters sslContextParameters;

    @Metadata(
            label = "security",
            defaultValue = "false",
            description = "Use the SSL context parameters of the Camel context.")
    private boolean useGlobalSslContextParameters;

    @Metadata(
            label = "proxy",
            description =
                    "Host of an HTTP proxy, for calls and for what links point to. Hosts on loopback are connected to directly.")
    private @Nullable String proxyHost;

    @Metadata(label = "proxy", description = "Port of the HTTP proxy.")
    private @Nullable Integer proxyPort;

    @Metadata(label = "proxy", description = "User name for the HTTP proxy (Basic authentication).")
    private @Nullable String proxyAuthUsername;

    @Metadata(label = "proxy", secret = true, description = "Password for the HTTP proxy.")
    private @Nullable String proxyAuthPassword;

    @Metadata(
            label = "producer",
            defaultValue = "memory",
            description =
                    "Where every run is written before it is sent, so that it is paid at most once: memory (forgotten with the JVM), a JDBC URL such as jdbc:sqlite:hh1.db, a bean of type javax.sql.DataSource, or a Ledger.")
    private Ledger ledger = Ledgers.memory();

    @Metadata(
            label = "producer",
            javaType = "java.lang.Long",
            description =
                    "Seconds of video that an account may spend in a day (UTC), over all nodes that share the ledger. What would pass it is refused before it is sent. A request without a duration counts as 15 s.")
    private @Nullable Long maxSecondsPerDay;

    @Metadata(
            label = "producer",
            description =
                    "Money that an account may spend in a day (UTC), over all nodes that share the ledger, in the currency of pricePerSecond, which must name a price for every resolution. What would pass it is refused before it is sent.")
    private @Nullable String maxCostPerDay;

    private final SetBeforeStart own = new SetBeforeStart();
    private HostResolver resolver = HostResolver.SYSTEM;
    private volatile @Nullable ComponentParts parts;
    private Runnable noHealth = () -> {};

    private final LifecycleStrategySupport lifecycle = new LifecycleStrategySupport() {
        @Override
        public void onComponentAdd(String name, org.apache.camel.Component component) {
            // A component that is added to a started context starts before it has this name.
            if (component == Hh1Component.this && isStarted()) {
                showHealth();
            }
        }

        @Override
        public void onContextStopping(CamelContext context) {
            contextStopping(context.getShutdownStrategy());
        }

        /** For each part of a route that stops, after what Camel gave its messages as time; Camel tells producers nothing. */
        @Override
        public void onServiceRemove(CamelContext context, Service service, @Nullable Route route) {
            ComponentParts started = parts;
            if (route != null && started != null) {
                started.open().recall(routes -> routes.contains(route.getRouteId()));
            }
        }
    };

    public Hh1Component() {}

    public Hh1Component(CamelContext context) {
        super(context);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        OptionRules.checkRawExpressions(uri);
        var endpoint = new Hh1Endpoint(uri, this, configuration.copy());
        endpoint.setOperation(OptionRules.operation(remaining));
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        own.usedBy(this);
        configuration.usedBy(this);
        OptionRules.checkProxy(proxyHost, proxyPort, proxyAuthUsername, proxyAuthPassword);
        ComponentOptions options = options();
        OptionRules.check(options);
        parts = new ComponentParts(options);
        showHealth();
        getCamelContext().addLifecycleStrategy(lifecycle);
    }

    private void showHealth() {
        noHealth.run();
        noHealth = ledger.isDurable() && isHealthCheckProducerEnabled()
                ? Health.ofLedger(this, parts()::ledgerFailsBecause)
                : () -> {};
    }

    private ComponentOptions options() throws Exception {
        return new ComponentOptions(
                getCamelContext(),
                this,
                maxInFlight,
                maxQueued,
                whenFull,
                connectTimeout,
                TlsContexts.of(tlsParameters(), getCamelContext()),
                proxyHost == null
                        ? null
                        : new HttpProxy(
                                proxyHost.strip(),
                                proxyPort == null ? 0 : proxyPort,
                                proxyAuthUsername,
                                proxyAuthPassword),
                resolver,
                ledger,
                maxSecondsPerDay,
                maxCostPerDay);
    }

    private @Nullable SSLContextParameters tlsParameters() {
        return sslContextParameters != null ? sslContextParameters : retrieveGlobalSslContextParameters();
    }

    /** Without a time-out everything goes on until this component is stopped. */
    private void contextStopping(@Nullable ShutdownStrategy strategy) {
        ComponentParts started = parts;
        if (started != null && strategy != null && strategy.getTimeUnit() != null && strategy.getTimeout() > 0) {
            long millis = strategy.getTimeUnit().toMillis(strategy.getTimeout());
            started.grace().begin(Duration.ofMillis(millis));
        }
    }

    @Override
    protected void doStop() throws Exception {
        // Here, since a component that is removed is stopped and not shut down.
        getCamelContext().getLifecycleStrategies().remove(lifecycle);
        noHealth.run();
        noHealth = () -> {};
        if (parts != null) {
            parts.stop();
            parts = null;
        }
        super.doStop();
    }

    /** What endpoints share while this component is started. */
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

    /** For tests: who is asked for the addresses of hosts once this component is started. */
    void resolver(HostResolver other) {
        this.resolver = other;
    }

    public Ledger getLedger() {
        return ledger;
    }

    public void setLedger(Ledger ledger) {
        this.ledger = own.changed(this.ledger, ledger);
    }

    public @Nullable Long getMaxSecondsPerDay() {
        return maxSecondsPerDay;
    }

    public void setMaxSecondsPerDay(@Nullable Long maxSecondsPerDay) {
        this.maxSecondsPerDay = own.changed(this.maxSecondsPerDay, maxSecondsPerDay);
    }

    public @Nullable String getMaxCostPerDay() {
        return maxCostPerDay;
    }

    public void setMaxCostPerDay(@Nullable String maxCostPerDay) {
        this.maxCostPerDay = own.changed(this.maxCostPerDay, maxCostPerDay);
    }

    public Hh1Configuration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(Hh1Configuration configuration) {
        this.configuration = own.changed(this.configuration, configuration);
    }

    public int getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = own.changed(this.maxInFlight, maxInFlight);
    }

    public int getMaxQueued() {
        return maxQueued;
    }

    public void setMaxQueued(int maxQueued) {
        this.maxQueued = own.changed(this.maxQueued, maxQueued);
    }

    public String getWhenFull() {
        return whenFull;
    }

    public void setWhenFull(String whenFull) {
        this.whenFull = own.changed(this.whenFull, whenFull);
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = own.changed(this.connectTimeout, connectTimeout);
    }

    public @Nullable String getProxyHost() {
        return proxyHost;
    }

    public void setProxyHost(@Nullable String proxyHost) {
        this.proxyHost = own.changed(this.proxyHost, proxyHost);
    }

    public @Nullable Integer getProxyPort() {
        return proxyPort;
    }

    public void setProxyPort(@Nullable Integer proxyPort) {
        this.proxyPort = own.changed(this.proxyPort, proxyPort);
    }

    public @Nullable String getProxyAuthUsername() {
        return proxyAuthUsername;
    }

    public void setProxyAuthUsername(@Nullable String proxyAuthUsername) {
        this.proxyAuthUsername = own.changed(this.proxyAuthUsername, proxyAuthUsername);
    }

    public @Nullable String getProxyAuthPassword() {
        return proxyAuthPassword;
    }

    public void setProxyAuthPassword(@Nullable String proxyAuthPassword) {
        this.proxyAuthPassword = own.changed(this.proxyAuthPassword, proxyAuthPassword);
    }

    public @Nullable SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(@Nullable SSLContextParameters sslContextParameters) {
        this.sslContextParameters = own.changed(this.sslContextParameters, sslContextParameters);
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters =
                own.changed(this.useGlobalSslContextParameters, useGlobalSslContextParameters);
    }

    @Override
    public void setLazyStartProducer(boolean enabled) {
        super.setLazyStartProducer(own.changed(isLazyStartProducer(), enabled));
    }

    @Override
    public void setAutowiredEnabled(boolean enabled) {
        super.setAutowiredEnabled(own.changed(isAutowiredEnabled(), enabled));
    }

    @Override
    public void setHealthCheckConsumerEnabled(boolean enabled) {
        super.setHealthCheckConsumerEnabled(own.changed(isHealthCheckConsumerEnabled(), enabled));
    }

    @Override
    public void setHealthCheckProducerEnabled(boolean enabled) {
        super.setHealthCheckProducerEnabled(own.changed(isHealthCheckProducerEnabled(), enabled));
    }
}
