package io.github.camelhh1.springboot;

import java.time.Duration;
import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Generated from {@code hh1.json}. A field without a value leaves the component's own as it is. */
@ConfigurationProperties(prefix = "camel.component.hh1", ignoreUnknownFields = false)
public class Hh1ComponentConfiguration extends ComponentConfigurationPropertiesCommon {
    private String accountId;
    private Boolean allowPlainHttp;
    private Boolean allowPrivateHosts;
    private String apiKey;
    private String apiKeySupplier;
    private Boolean autowiredEnabled;
    private String backend;
    private String baseUrl;
    private Boolean bridgeErrorHandler;
    private String configuration;
    private Duration connectTimeout;
    private String correlation;
    private String downloadDirectory;
    private String gatewayId;
    private Duration generationTimeout;
    private String group;
    private Boolean healthCheckConsumerEnabled;
    private Boolean healthCheckProducerEnabled;
    private Boolean inlineImages;
    private Boolean lazyStartProducer;
    private String ledger;
    private String logsApiKey;
    private Boolean lookup;
    private Duration lookupTimeout;
    private Integer maxAttempts;
    private String maxCostPerDay;
    private Integer maxCreatesPerSecond;
    private Integer maxInFlight;
    private Integer maxPaidAttempts;
    private Integer maxPollsPerSecond;
    private Integer maxQueued;
    private Duration maxRetryDelay;
    private Long maxSecondsPerDay;
    private Integer maxTasks;
    private Long maxVideoSize;
    private String model;
    private String onUnknown;
    private Duration pollInterval;
    private String preflight;
    private Long preflightMaxPixels;
    private Boolean preflightUrls;
    private String pricePerSecond;
    private String proxyAuthPassword;
    private String proxyAuthUsername;
    private String proxyHost;
    private Integer proxyPort;
    private Boolean quiet;
    private String region;
    private Duration retryDelay;
    private Boolean skipCache;
    private String sslContextParameters;
    private String stagingBaseUrl;
    private Boolean stagingCleanup;
    private String stagingCleanupUri;
    private String stagingDirectory;
    private String stagingUri;
    private String upstreamIdHeaders;
    private Boolean useGlobalSslContextParameters;
    private String whenFull;

    public String getAccountId() {
        return accountId;
    }

    public void setAccountId(String accountId) {
        this.accountId = accountId;
    }

    public Boolean getAllowPlainHttp() {
        return allowPlainHttp;
    }

    public void setAllowPlainHttp(Boolean allowPlainHttp) {
        this.allowPlainHttp = allowPlainHttp;
    }

    public Boolean getAllowPrivateHosts() {
        return allowPrivateHosts;
    }

    public void setAllowPrivateHosts(Boolean allowPrivateHosts) {
        this.allowPrivateHosts = allowPrivateHosts;
    }

    public String getApiKey() {
        return apiKey;
    }

    public void setApiKey(String apiKey) {
        this.apiKey = apiKey;
    }

    public String getApiKeySupplier() {
        return apiKeySupplier;
    }

    public void setApiKeySupplier(String apiKeySupplier) {
        this.apiKeySupplier = apiKeySupplier;
    }

    public Boolean getAutowiredEnabled() {
        return autowiredEnabled;
    }

    public void setAutowiredEnabled(Boolean autowiredEnabled) {
        this.autowiredEnabled = autowiredEnabled;
    }

    public String getBackend() {
        return backend;
    }

    public void setBackend(String backend) {
        this.backend = backend;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public Boolean getBridgeErrorHandler() {
        return bridgeErrorHandler;
    }

    public void setBridgeErrorHandler(Boolean bridgeErrorHandler) {
        this.bridgeErrorHandler = bridgeErrorHandler;
    }

    public String getConfiguration() {
        return configuration;
    }

    public void setConfiguration(String configuration) {
        this.configuration = configuration;
    }

    public Duration getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public String getCorrelation() {
        return correlation;
    }

    public void setCorrelation(String correlation) {
        this.correlation = correlation;
    }

    public String getDownloadDirectory() {
        return downloadDirectory;
    }

    public void setDownloadDirectory(String downloadDirectory) {
        this.downloadDirectory = downloadDirectory;
    }

    public String getGatewayId() {
        return gatewayId;
    }

    public void setGatewayId(String gatewayId) {
        this.gatewayId = gatewayId;
    }

    public Duration getGenerationTimeout() {
        return generationTimeout;
    }

    public void setGenerationTimeout(Duration generationTimeout) {
        this.generationTimeout = generationTimeout;
    }

    public String getGroup() {
        return group;
    }

    public void setGroup(String group) {
        this.group = group;
    }

    public Boolean getHealthCheckConsumerEnabled() {
        return healthCheckConsumerEnabled;
    }

    public void setHealthCheckConsumerEnabled(Boolean healthCheckConsumerEnabled) {
        this.healthCheckConsumerEnabled = healthCheckConsumerEnabled;
    }

    public Boolean getHealthCheckProducerEnabled() {
        return healthCheckProducerEnabled;
    }

    public void setHealthCheckProducerEnabled(Boolean healthCheckProducerEnabled) {
        this.healthCheckProducerEnabled = healthCheckProducerEnabled;
    }

    public Boolean getInlineImages() {
        return inlineImages;
    }

    public void setInlineImages(Boolean inlineImages) {
        this.inlineImages = inlineImages;
    }

    public Boolean getLazyStartProducer() {
        return lazyStartProducer;
    }

    public void setLazyStartProducer(Boolean lazyStartProducer) {
        this.lazyStartProducer = lazyStartProducer;
    }

    public String getLedger() {
        return ledger;
    }

    public void setLedger(String ledger) {
        this.ledger = ledger;
    }

    public String getLogsApiKey() {
        return logsApiKey;
    }

    public void setLogsApiKey(String logsApiKey) {
        this.logsApiKey = logsApiKey;
    }

    public Boolean getLookup() {
        return lookup;
    }

    public void setLookup(Boolean lookup) {
        this.lookup = lookup;
    }

    public Duration getLookupTimeout() {
        return lookupTimeout;
    }

    public void setLookupTimeout(Duration lookupTimeout) {
        this.lookupTimeout = lookupTimeout;
    }

    public Integer getMaxAttempts() {
        return maxAttempts;
    }

    public void setMaxAttempts(Integer maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    public String getMaxCostPerDay() {
        return maxCostPerDay;
    }

    public void setMaxCostPerDay(String maxCostPerDay) {
        this.maxCostPerDay = maxCostPerDay;
    }

    public Integer getMaxCreatesPerSecond() {
        return maxCreatesPerSecond;
    }

    public void setMaxCreatesPerSecond(Integer maxCreatesPerSecond) {
        this.maxCreatesPerSecond = maxCreatesPerSecond;
    }

    public Integer getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(Integer maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public Integer getMaxPaidAttempts() {
        return maxPaidAttempts;
    }

    public void setMaxPaidAttempts(Integer maxPaidAttempts) {
        this.maxPaidAttempts = maxPaidAttempts;
    }

    public Integer getMaxPollsPerSecond() {
        return maxPollsPerSecond;
    }

    public void setMaxPollsPerSecond(Integer maxPollsPerSecond) {
        this.maxPollsPerSecond = maxPollsPerSecond;
    }

    public Integer getMaxQueued() {
        return maxQueued;
    }

    public void setMaxQueued(Integer maxQueued) {
        this.maxQueued = maxQueued;
    }

    public Duration getMaxRetryDelay() {
        return maxRetryDelay;
    }

    public void setMaxRetryDelay(Duration maxRetryDelay) {
        this.maxRetryDelay = maxRetryDelay;
    }

    public Long getMaxSecondsPerDay() {
        return maxSecondsPerDay;
    }

    public void setMaxSecondsPerDay(Long maxSecondsPerDay) {
        this.maxSecondsPerDay = maxSecondsPerDay;
    }

    public Integer getMaxTasks() {
        return maxTasks;
    }

    public void setMaxTasks(Integer maxTasks) {
        this.maxTasks = maxTasks;
    }

    public Long getMaxVideoSize() {
        return maxVideoSize;
    }

    public void setMaxVideoSize(Long maxVideoSize) {
        this.maxVideoSize = maxVideoSize;
    }

    public String getModel() {
        return model;
    }

    public void setModel(String model) {
        this.model = model;
    }

    public String getOnUnknown() {
        return onUnknown;
    }

    public void setOnUnknown(String onUnknown) {
        this.onUnknown = onUnknown;
    }

    public Duration getPollInterval() {
        return pollInterval;
    }

    public void setPollInterval(Duration pollInterval) {
        this.pollInterval = pollInterval;
    }

    public String getPreflight() {
        return preflight;
    }

    public void setPreflight(String preflight) {
        this.preflight = preflight;
    }

    public Long getPreflightMaxPixels() {
        return preflightMaxPixels;
    }

    public void setPreflightMaxPixels(Long preflightMaxPixels) {
        this.preflightMaxPixels = preflightMaxPixels;
    }

    public Boolean getPreflightUrls() {
        return preflightUrls;
    }

    public void setPreflightUrls(Boolean preflightUrls) {
        this.preflightUrls = preflightUrls;
    }

    public String getPricePerSecond() {
        return pricePerSecond;
    }

    public void setPricePerSecond(String pricePerSecond) {
        this.pricePerSecond = pricePerSecond;
    }

    public String getProxyAuthPassword() {
        return proxyAuthPassword;
    }

    public void setProxyAuthPassword(String proxyAuthPassword) {
        this.proxyAuthPassword = proxyAuthPassword;
    }

    public String getProxyAuthUsername() {
        return proxyAuthUsername;
    }

    public void setProxyAuthUsername(String proxyAuthUsername) {
        this.proxyAuthUsername = proxyAuthUsername;
    }

    public String getProxyHost() {
        return proxyHost;
    }

    public void setProxyHost(String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public Integer getProxyPort() {
        return proxyPort;
    }

    public void setProxyPort(Integer proxyPort) {
        this.proxyPort = proxyPort;
    }

    public Boolean getQuiet() {
        return quiet;
    }

    public void setQuiet(Boolean quiet) {
        this.quiet = quiet;
    }

    public String getRegion() {
        return region;
    }

    public void setRegion(String region) {
        this.region = region;
    }

    public Duration getRetryDelay() {
        return retryDelay;
    }

    public void setRetryDelay(Duration retryDelay) {
        this.retryDelay = retryDelay;
    }

    public Boolean getSkipCache() {
        return skipCache;
    }

    public void setSkipCache(Boolean skipCache) {
        this.skipCache = skipCache;
    }

    public String getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(String sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public String getStagingBaseUrl() {
        return stagingBaseUrl;
    }

    public void setStagingBaseUrl(String stagingBaseUrl) {
        this.stagingBaseUrl = stagingBaseUrl;
    }

    public Boolean getStagingCleanup() {
        return stagingCleanup;
    }

    public void setStagingCleanup(Boolean stagingCleanup) {
        this.stagingCleanup = stagingCleanup;
    }

    public String getStagingCleanupUri() {
        return stagingCleanupUri;
    }

    public void setStagingCleanupUri(String stagingCleanupUri) {
        this.stagingCleanupUri = stagingCleanupUri;
    }

    public String getStagingDirectory() {
        return stagingDirectory;
    }

    public void setStagingDirectory(String stagingDirectory) {
        this.stagingDirectory = stagingDirectory;
    }

    public String getStagingUri() {
        return stagingUri;
    }

    public void setStagingUri(String stagingUri) {
        this.stagingUri = stagingUri;
    }

    public String getUpstreamIdHeaders() {
        return upstreamIdHeaders;
    }

    public void setUpstreamIdHeaders(String upstreamIdHeaders) {
        this.upstreamIdHeaders = upstreamIdHeaders;
    }

    public Boolean getUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    public void setUseGlobalSslContextParameters(Boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public String getWhenFull() {
        return whenFull;
    }

    public void setWhenFull(String whenFull) {
        this.whenFull = whenFull;
    }
}
