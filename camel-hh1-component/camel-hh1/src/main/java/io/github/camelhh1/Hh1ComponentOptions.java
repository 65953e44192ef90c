package io.github.camelhh1;

import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.Ledgers;
import org.apache.camel.CamelContext;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/** The options that endpoints share and cannot change: options only. The other options are in {@link Hh1Configuration}. */
public abstract class Hh1ComponentOptions extends HealthCheckComponent implements SSLContextParametersAware {
    /** Options that are defaults of the endpoints. */
    @Metadata(label = "advanced")
    private Hh1Configuration configuration = new Hh1Configuration();

    /**
     * Calls in flight at once for this component. At most as many videos, and never more than 64, are downloaded at
     * once.
     */
    @Metadata(label = "producer", defaultValue = "8")
    private int maxInFlight = 8;

    /**
     * Tasks in flight at once on backend=modelstudio, in place of maxInFlight. The service allows 5 of an account and
     * model.
     */
    @Metadata(label = "producer", defaultValue = "5")
    private int maxTasks = 5;

    /** Tasks that are created in a second on backend=modelstudio. The service allows 10 of an account and model. */
    @Metadata(label = "producer", defaultValue = "10")
    private int maxCreatesPerSecond = 10;

    /**
     * Questions for tasks in a second on backend=modelstudio, of all tasks together. The service allows 20 of an
     * account.
     */
    @Metadata(label = "producer", defaultValue = "20")
    private int maxPollsPerSecond = 20;

    /** Messages that wait for a permit without holding a thread. With 0 the calling thread itself waits. */
    @Metadata(label = "producer", defaultValue = "1000")
    private int maxQueued = 1000;

    /** With maxQueued messages waiting: hold the caller's thread back (block), or refuse the message (reject). */
    @Metadata(label = "producer", defaultValue = "block", enums = "block,reject")
    private String whenFull = "block";

    /** Time to connect, for TCP and again for TLS, per address. */
    @Metadata(label = "timeout", defaultValue = "10s", javaType = "java.time.Duration")
    private long connectTimeout = 10_000;

    /** Trust and keys for TLS. */
    @Metadata(label = "security")
    private @Nullable SSLContextParameters sslContextParameters;

    /** Use the SSL context parameters of the Camel context. */
    @Metadata(label = "security", defaultValue = "false")
    private boolean useGlobalSslContextParameters;

    /** Host of an HTTP proxy, for calls, videos and linked images. Hosts on loopback are connected to directly. */
    @Metadata(label = "proxy")
    private @Nullable String proxyHost;

    /** Port of the HTTP proxy. */
    @Metadata(label = "proxy")
    private @Nullable Integer proxyPort;

    /** User name for the HTTP proxy (Basic authentication). */
    @Metadata(label = "proxy")
    private @Nullable String proxyAuthUsername;

    /** Password for the HTTP proxy. */
    @Metadata(label = "proxy", secret = true)
    private @Nullable String proxyAuthPassword;

    /**
     * The ledger that every run is written to before it is sent, so that it is paid at most once: memory (forgotten
     * with the JVM), a JDBC URL such as jdbc:sqlite:hh1.db, a bean of type javax.sql.DataSource, or a Ledger.
     */
    @Metadata(label = "producer", defaultValue = "memory")
    private Ledger ledger = Ledgers.memory();

    /**
     * Seconds of video that an account may spend in a day (UTC), over all nodes that share the ledger. A request that
     * would exceed it is refused before it is sent. A request without a duration counts as 15 s.
     */
    @Metadata(label = "producer", javaType = "java.lang.Long")
    private @Nullable Long maxSecondsPerDay;

    /**
     * Money that an account may spend in a day (UTC), over all nodes that share the ledger, in the currency of
     * pricePerSecond, which must name a price for every resolution. A request that would exceed it is refused before
     * it is sent.
     */
    @Metadata(label = "producer")
    private @Nullable String maxCostPerDay;

    /** Write no log lines at INFO about messages on their way. Warnings and errors are written all the same. */
    @Metadata(label = "producer,advanced", defaultValue = "false")
    private boolean quiet;

    final SetBeforeStart own = new SetBeforeStart();

    Hh1ComponentOptions() {}

    Hh1ComponentOptions(CamelContext context) {
        super(context);
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

    public int getMaxTasks() {
        return maxTasks;
    }

    public void setMaxTasks(int maxTasks) {
        this.maxTasks = own.changed(this.maxTasks, maxTasks);
    }

    public int getMaxCreatesPerSecond() {
        return maxCreatesPerSecond;
    }

    public void setMaxCreatesPerSecond(int maxCreatesPerSecond) {
        this.maxCreatesPerSecond = own.changed(this.maxCreatesPerSecond, maxCreatesPerSecond);
    }

    public int getMaxPollsPerSecond() {
        return maxPollsPerSecond;
    }

    public void setMaxPollsPerSecond(int maxPollsPerSecond) {
        this.maxPollsPerSecond = own.changed(this.maxPollsPerSecond, maxPollsPerSecond);
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

    public boolean isQuiet() {
        return quiet;
    }

    public void setQuiet(boolean quiet) {
        this.quiet = own.changed(this.quiet, quiet);
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
    public void setBridgeErrorHandler(boolean enabled) {
        super.setBridgeErrorHandler(own.changed(isBridgeErrorHandler(), enabled));
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
