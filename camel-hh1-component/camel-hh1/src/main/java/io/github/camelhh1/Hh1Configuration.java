package io.github.camelhh1;

import java.util.function.Supplier;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** Options of a component and its endpoints. Those of the component are the defaults of its endpoints. */
@UriParams
public class Hh1Configuration extends SetBeforeStart {
    /**
     * The service that makes the videos: cloudflare; modelstudio, which is Alibaba Model Studio, the same model with
     * tasks; or simulator, an embedded one on loopback that costs nothing and is started on first use, one per
     * CamelContext; it needs the dependency camel-hh1-simulator.
     */
    @UriParam(label = "common", defaultValue = "cloudflare", enums = "cloudflare,modelstudio,simulator")
    private String backend = "cloudflare";

    /** With backend=modelstudio: the region of the account. Model, host and key belong to one region. baseUrl wins. */
    @UriParam(label = "common", defaultValue = "singapore", enums = "singapore,beijing,virginia,frankfurt")
    private String region = "singapore";

    /** With backend=modelstudio: time between two questions for a task, a tenth more or less. */
    @UriParam(label = "timeout", defaultValue = "15s", javaType = "java.time.Duration")
    private long pollInterval = 15_000;

    /**
     * Cloudflare account id. Default: environment variable CLOUDFLARE_ACCOUNT_ID. With backend=modelstudio: the
     * workspace id, without a default; frankfurt needs it.
     */
    @UriParam(label = "security")
    private @Nullable String accountId;

    /**
     * API token; trimmed, and checked at start. Default: environment variable CLOUDFLARE_API_TOKEN; with
     * backend=modelstudio DASHSCOPE_API_KEY.
     */
    @UriParam(label = "security", secret = true)
    private @Nullable String apiKey;

    /** Bean that is asked for the API token at each call, so that a key can be rotated without a restart. */
    @UriParam(label = "security")
    private @Nullable Supplier<String> apiKeySupplier;

    /**
     * The call goes to {baseUrl}/accounts/{accountId}/ai/run. With backend=modelstudio the default is the host of the
     * region, and tasks are at {baseUrl}/api/v1/tasks.
     */
    @UriParam(label = "advanced", defaultValue = "https://api.cloudflare.com/client/v4")
    private String baseUrl = "https://api.cloudflare.com/client/v4";

    /** AI gateway to use (cf-aig-gateway-id). Default: that of the account. */
    @UriParam(label = "producer")
    private @Nullable String gatewayId;

    /** Whether the gateway must not answer from its cache (cf-aig-skip-cache), so that each paid video is new. */
    @UriParam(label = "producer", defaultValue = "true")
    private boolean skipCache = true;

    /**
     * Model id. With backend=modelstudio also an id of that service, such as happyhorse-1.0-i2v, which is
     * alibaba/hh1-i2v there.
     */
    @UriParam(label = "producer", defaultValue = "alibaba/hh1-i2v")
    private String model = "alibaba/hh1-i2v";

    /** Longest time of one call. The call ends then, whatever the service does. */
    @UriParam(label = "timeout", defaultValue = "15m", javaType = "java.time.Duration")
    private long generationTimeout = 900_000;

    /**
     * With backend=cloudflare: whether unknown outcomes are looked up in the logs of the AI gateway. Each call then
     * carries a name of its own in cf-aig-metadata. With backend=modelstudio: whether tasks are listed that may be
     * those of creates without an answer.
     */
    @UriParam(label = "producer", defaultValue = "true")
    private boolean lookup = true;

    /** How long an exchange whose outcome is unknown waits for a look-up, after its call has ended. 0: not at all. */
    @UriParam(label = "timeout", defaultValue = "2m", javaType = "java.time.Duration")
    private long lookupTimeout = 120_000;

    /**
     * With backend=cloudflare: a token with the permission AI Gateway Read, for look-ups. Default: the token of the
     * calls.
     */
    @UriParam(label = "security", secret = true)
    private @Nullable String logsApiKey;

    /**
     * Attempts, the first included, for failures that are safe to repeat: requests that provably did not start, and
     * throttled ones. A download whose link names no expiry ends after this number of attempts in a row that bring no
     * byte. With 1, a download is not resumed.
     */
    @UriParam(label = "producer", defaultValue = "4")
    private int maxAttempts = 4;

    /** Delay before the second attempt; doubles from there, with jitter. */
    @UriParam(label = "producer", defaultValue = "2s", javaType = "java.time.Duration")
    private long retryDelay = 2_000;

    /**
     * Longest delay between attempts. With a longer Retry-After the exchange fails at once, and its exception has that
     * delay.
     */
    @UriParam(label = "producer", defaultValue = "5m", javaType = "java.time.Duration")
    private long maxRetryDelay = 300_000;

    /**
     * Headers that identify a message at its source, comma-separated, for example OrderId,OrderVersion. The ones that
     * are set form its id, in place of an id that the component finds by itself. The same id with the same request is
     * paid once, however often it is delivered. Name headers that stay the same when the message is delivered again,
     * and differ between messages.
     */
    @UriParam(label = "producer")
    private @Nullable String upstreamIdHeaders;

    /**
     * Text that the ledger keeps with the run, for messages without the header CamelHh1Correlation: a Simple
     * expression, for example $simple{header.CamelFileName}. At most 1000 characters. It changes neither the key nor
     * the fingerprint of the request.
     */
    @UriParam(label = "producer")
    private @Nullable String correlation;

    /**
     * Of generate: the group whose consumers get late results of its runs. Of recovered and held: only runs of this
     * group are handed on; when not set, only runs without a group. At most 200 characters.
     */
    @UriParam
    private @Nullable String group;

    /**
     * Handling of a request whose outcome is unknown, so that it may be paid: it is held until its run is adopted or
     * forgotten (hold), or it is sent again, at most maxPaidAttempts times in all (resend).
     */
    @UriParam(label = "producer", defaultValue = "hold", enums = "hold,resend")
    private String onUnknown = "hold";

    /** With onUnknown=resend: attempts of one request that may be paid, the first included. */
    @UriParam(label = "producer", defaultValue = "2")
    private int maxPaidAttempts = 2;

    /**
     * Price of a second of video by resolution, for example 720P=0.14,1080P=0.28. A request that leaves the resolution
     * open counts as the dearest.
     */
    @UriParam(label = "producer")
    private @Nullable String pricePerSecond;

    /**
     * A Camel endpoint that turns image content into a URL: an endpoint of an aws2-s3 component, used as it is, for
     * example aws2-s3:photos; or any other, which receives the image as body, with the headers CamelHh1ImageName,
     * Content-Type and Content-Length, and answers with the URL as body.
     */
    @UriParam(label = "producer")
    private @Nullable String stagingUri;

    /**
     * A Camel endpoint that removes what stagingUri stored, once the outcome is known: it receives the header
     * CamelHh1ImageName and the image's URL as body. S3 needs none.
     */
    @UriParam(label = "producer")
    private @Nullable String stagingCleanupUri;

    /**
     * A directory that a web server serves, in place of stagingUri: images are written there. The link of an image is
     * stagingBaseUrl and its name.
     */
    @UriParam(label = "producer")
    private @Nullable String stagingDirectory;

    /** Base URL of stagingDirectory: http(s), for example https://images.example/in. */
    @UriParam(label = "producer")
    private @Nullable String stagingBaseUrl;

    /**
     * Remove the staged image once the outcome is known. When the outcome is unknown it stays until hh1:adopt or
     * hh1:forget settles the run.
     */
    @UriParam(label = "producer", defaultValue = "true")
    private boolean stagingCleanup = true;

    /** Send image content inside the request, as a data URI. The default backend documents no data URIs. */
    @UriParam(label = "producer", defaultValue = "false")
    private boolean inlineImages = false;

    /**
     * Handling of an image outside the model's limits (format, size, ratio, bytes), which its header shows: it is sent
     * as it is (off), sent with a warning in the log (warn), refused (fail), or scaled, padded or encoded anew (fix).
     * Content that is no image fails in every mode but off.
     */
    @UriParam(label = "producer", defaultValue = "warn", enums = "off,warn,fail,fix")
    private String preflight = "warn";

    /**
     * Whether preflight looks at images behind links, too: at most 64 KB of each are fetched, from where
     * allowPrivateHosts allows it.
     */
    @UriParam(label = "producer", defaultValue = "false")
    private boolean preflightUrls = false;

    /** With preflight=fix: an image that declares more pixels is not decoded, and refused. */
    @UriParam(label = "producer", defaultValue = "40000000")
    private long preflightMaxPixels = 40_000_000L;

    /**
     * Directory of videos. A file in a directory that is set here stays. In the default, a private temporary
     * directory, a file is deleted when the last exchange that holds the stream completes.
     */
    @UriParam(label = "producer")
    private @Nullable String downloadDirectory;

    /** Longest video that is downloaded, in bytes. */
    @UriParam(label = "producer", defaultValue = "2147483648")
    private long maxVideoSize = 2_147_483_648L;

    /** Let baseUrl be http on another host than loopback. Anyone on the network path can then read the API token. */
    @UriParam(label = "security,advanced", defaultValue = "false")
    private boolean allowPlainHttp = false;

    /** Let video links point at loopback, private, link-local and metadata addresses, and use plain http there. */
    @UriParam(label = "security", defaultValue = "false")
    private boolean allowPrivateHosts = false;

    /** Shares nothing with this one but the supplier. */
    public Hh1Configuration copy() {
        return (Hh1Configuration) clone();
    }

    public String getBackend() {
        return backend;
    }

    public void setBackend(String backend) {
        this.backend = changed(this.backend, backend);
    }

    public String getRegion() {
        return region;
    }

    public void setRegion(String region) {
        this.region = changed(this.region, region);
    }

    public long getPollInterval() {
        return pollInterval;
    }

    public void setPollInterval(long pollInterval) {
        this.pollInterval = changed(this.pollInterval, pollInterval);
    }

    public @Nullable String getAccountId() {
        return accountId;
    }

    public void setAccountId(@Nullable String accountId) {
        this.accountId = changed(this.accountId, accountId);
    }

    public @Nullable String getApiKey() {
        return apiKey;
    }

    public void setApiKey(@Nullable String apiKey) {
        this.apiKey = changed(this.apiKey, apiKey);
    }

    public @Nullable Supplier<String> getApiKeySupplier() {
        return apiKeySupplier;
    }

    public void setApiKeySupplier(@Nullable Supplier<String> apiKeySupplier) {
        this.apiKeySupplier = changed(this.apiKeySupplier, apiKeySupplier);
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(String baseUrl) {
        this.baseUrl = changed(this.baseUrl, baseUrl);
    }

    public @Nullable String getGatewayId() {
        return gatewayId;
    }

    public void setGatewayId(@Nullable String gatewayId) {
        this.gatewayId = changed(this.gatewayId, gatewayId);
    }

    public boolean isSkipCache() {
        return skipCache;
    }

    public void setSkipCache(boolean skipCache) {
        this.skipCache = changed(this.skipCache, skipCache);
    }

    public boolean isLookup() {
        return lookup;
    }

    public void setLookup(boolean lookup) {
        this.lookup = changed(this.lookup, lookup);
    }

    public long getLookupTimeout() {
        return lookupTimeout;
    }

    public void setLookupTimeout(long lookupTimeout) {
        this.lookupTimeout = changed(this.lookupTimeout, lookupTimeout);
    }

    public @Nullable String getLogsApiKey() {
        return logsApiKey;
    }

    public void setLogsApiKey(@Nullable String logsApiKey) {
        this.logsApiKey = changed(this.logsApiKey, logsApiKey);
    }

    public @Nullable String getCorrelation() {
        return correlation;
    }

    public void setCorrelation(@Nullable String correlation) {
        this.correlation = changed(this.correlation, correlation);
    }

    public @Nullable String getGroup() {
        return group;
    }

    public void setGroup(@Nullable String group) {
        this.group = changed(this.group, group);
    }

    public @Nullable String getUpstreamIdHeaders() {
        return upstreamIdHeaders;
    }

    public void setUpstreamIdHeaders(@Nullable String upstreamIdHeaders) {
        this.upstreamIdHeaders = changed(this.upstreamIdHeaders, upstreamIdHeaders);
    }

    public String getModel() {
        return model;
    }

    public void setModel(String model) {
        this.model = changed(this.model, model);
    }

    public long getGenerationTimeout() {
        return generationTimeout;
    }

    public void setGenerationTimeout(long generationTimeout) {
        this.generationTimeout = changed(this.generationTimeout, generationTimeout);
    }

    public int getMaxAttempts() {
        return maxAttempts;
    }

    public void setMaxAttempts(int maxAttempts) {
        this.maxAttempts = changed(this.maxAttempts, maxAttempts);
    }

    public long getRetryDelay() {
        return retryDelay;
    }

    public void setRetryDelay(long retryDelay) {
        this.retryDelay = changed(this.retryDelay, retryDelay);
    }

    public long getMaxRetryDelay() {
        return maxRetryDelay;
    }

    public void setMaxRetryDelay(long maxRetryDelay) {
        this.maxRetryDelay = changed(this.maxRetryDelay, maxRetryDelay);
    }

    public String getOnUnknown() {
        return onUnknown;
    }

    public void setOnUnknown(String onUnknown) {
        this.onUnknown = changed(this.onUnknown, onUnknown);
    }

    public int getMaxPaidAttempts() {
        return maxPaidAttempts;
    }

    public void setMaxPaidAttempts(int maxPaidAttempts) {
        this.maxPaidAttempts = changed(this.maxPaidAttempts, maxPaidAttempts);
    }

    public @Nullable String getPricePerSecond() {
        return pricePerSecond;
    }

    public void setPricePerSecond(@Nullable String pricePerSecond) {
        this.pricePerSecond = changed(this.pricePerSecond, pricePerSecond);
    }

    public @Nullable String getStagingUri() {
        return stagingUri;
    }

    public void setStagingUri(@Nullable String stagingUri) {
        this.stagingUri = changed(this.stagingUri, stagingUri);
    }

    public @Nullable String getStagingCleanupUri() {
        return stagingCleanupUri;
    }

    public void setStagingCleanupUri(@Nullable String stagingCleanupUri) {
        this.stagingCleanupUri = changed(this.stagingCleanupUri, stagingCleanupUri);
    }

    public @Nullable String getStagingDirectory() {
        return stagingDirectory;
    }

    public void setStagingDirectory(@Nullable String stagingDirectory) {
        this.stagingDirectory = changed(this.stagingDirectory, stagingDirectory);
    }

    public @Nullable String getStagingBaseUrl() {
        return stagingBaseUrl;
    }

    public void setStagingBaseUrl(@Nullable String stagingBaseUrl) {
        this.stagingBaseUrl = changed(this.stagingBaseUrl, stagingBaseUrl);
    }

    public boolean isStagingCleanup() {
        return stagingCleanup;
    }

    public void setStagingCleanup(boolean stagingCleanup) {
        this.stagingCleanup = changed(this.stagingCleanup, stagingCleanup);
    }

    public boolean isInlineImages() {
        return inlineImages;
    }

    public void setInlineImages(boolean inlineImages) {
        this.inlineImages = changed(this.inlineImages, inlineImages);
    }

    public String getPreflight() {
        return preflight;
    }

    public void setPreflight(String preflight) {
        this.preflight = changed(this.preflight, preflight);
    }

    public boolean isPreflightUrls() {
        return preflightUrls;
    }

    public void setPreflightUrls(boolean preflightUrls) {
        this.preflightUrls = changed(this.preflightUrls, preflightUrls);
    }

    public long getPreflightMaxPixels() {
        return preflightMaxPixels;
    }

    public void setPreflightMaxPixels(long preflightMaxPixels) {
        this.preflightMaxPixels = changed(this.preflightMaxPixels, preflightMaxPixels);
    }

    public @Nullable String getDownloadDirectory() {
        return downloadDirectory;
    }

    public void setDownloadDirectory(@Nullable String downloadDirectory) {
        this.downloadDirectory = changed(this.downloadDirectory, downloadDirectory);
    }

    public long getMaxVideoSize() {
        return maxVideoSize;
    }

    public void setMaxVideoSize(long maxVideoSize) {
        this.maxVideoSize = changed(this.maxVideoSize, maxVideoSize);
    }

    public boolean isAllowPlainHttp() {
        return allowPlainHttp;
    }

    public void setAllowPlainHttp(boolean allowPlainHttp) {
        this.allowPlainHttp = changed(this.allowPlainHttp, allowPlainHttp);
    }

    public boolean isAllowPrivateHosts() {
        return allowPrivateHosts;
    }

    public void setAllowPrivateHosts(boolean allowPrivateHosts) {
        this.allowPrivateHosts = changed(this.allowPrivateHosts, allowPrivateHosts);
    }
}
