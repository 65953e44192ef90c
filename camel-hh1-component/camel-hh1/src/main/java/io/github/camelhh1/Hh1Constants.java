package io.github.camelhh1;

import io.github.camelhh1.staging.Staging;
import org.apache.camel.spi.Metadata;

/** Names of the message headers. */
public final class Hh1Constants {
    /** In: the image, as an absolute http(s) URL or a data:image URI. */
    @Metadata(displayName = "Image", label = "producer", javaType = "String")
    public static final String IMAGE = "CamelHh1Image";

    /** In: description of the video. The provider cuts it beyond 5000 characters. */
    @Metadata(displayName = "Prompt", label = "producer", javaType = "String")
    public static final String PROMPT = "CamelHh1Prompt";

    /** In: content that the video should not show. */
    @Metadata(displayName = "Negative Prompt", label = "producer", javaType = "String")
    public static final String NEGATIVE_PROMPT = "CamelHh1NegativePrompt";

    /** In: 720P or 1080P. */
    @Metadata(displayName = "Resolution", label = "producer", javaType = "String")
    public static final String RESOLUTION = "CamelHh1Resolution";

    /** In: seconds of video, 3 to 15. */
    @Metadata(displayName = "Duration", label = "producer", javaType = "Integer")
    public static final String DURATION = "CamelHh1Duration";

    /** In: seed, 0 to 2147483647. */
    @Metadata(displayName = "Seed", label = "producer", javaType = "Integer")
    public static final String SEED = "CamelHh1Seed";

    /** In: whether the provider stamps the video. */
    @Metadata(displayName = "Watermark", label = "producer", javaType = "Boolean")
    public static final String WATERMARK = "CamelHh1Watermark";

    /** In: the key of the request. Two messages with the same key are one request. */
    @Metadata(displayName = "Request Key", label = "producer", javaType = "String")
    public static final String REQUEST_KEY = "CamelHh1RequestKey";

    /**
     * In: text of the sender, at most 1000 characters, that the ledger keeps with the run. It changes neither the key
     * nor the fingerprint of the request. Out, of recovered and held: the same text.
     */
    @Metadata(displayName = "Correlation", label = "producer", javaType = "String")
    public static final String CORRELATION = "CamelHh1Correlation";

    /** Out: the link of the video. In, for download: the link to fetch when the body is no link. */
    @Metadata(displayName = "Video URL", label = "producer", javaType = "String", important = true)
    public static final String VIDEO_URL = "CamelHh1VideoUrl";

    /** Out: when the link expires, from its own signature; absent when it does not say. */
    @Metadata(displayName = "Video Expires At", label = "producer", javaType = "java.time.Instant")
    public static final String VIDEO_EXPIRES_AT = "CamelHh1VideoExpiresAt";

    /** Out: CamelHh1VideoExpiresAt in milliseconds since 1970-01-01T00:00Z. */
    @Metadata(displayName = "Video Expires At Millis", label = "producer", javaType = "Long")
    public static final String VIDEO_EXPIRES_AT_MILLIS = "CamelHh1VideoExpiresAtMillis";

    /**
     * Out: the base name of the source, or the request key, with .mp4; safe as a file name. In, for download: the name
     * of the file.
     */
    @Metadata(displayName = "Video File Name", label = "producer", javaType = "String")
    public static final String VIDEO_FILE_NAME = "CamelHh1VideoFileName";

    /** Out, of download: width of the picture in pixels, as stated in the file; absent when it states none. */
    @Metadata(displayName = "Video Width", label = "producer", javaType = "Integer")
    public static final String VIDEO_WIDTH = "CamelHh1VideoWidth";

    /** Out, of download: height of the picture in pixels, as stated in the file; absent when it states none. */
    @Metadata(displayName = "Video Height", label = "producer", javaType = "Integer")
    public static final String VIDEO_HEIGHT = "CamelHh1VideoHeight";

    /** Out, of download: playing time of the video, as stated in the file; absent when it states none. */
    @Metadata(displayName = "Video Duration", label = "producer", javaType = "java.time.Duration")
    public static final String VIDEO_DURATION = "CamelHh1VideoDuration";

    /** Out, of download: CamelHh1VideoDuration in milliseconds. */
    @Metadata(displayName = "Video Duration Millis", label = "producer", javaType = "Long")
    public static final String VIDEO_DURATION_MILLIS = "CamelHh1VideoDurationMillis";

    /** Out, of download: SHA-256 of the video's bytes, in lower-case hexadecimal. */
    @Metadata(displayName = "Video SHA-256", label = "producer", javaType = "String")
    public static final String VIDEO_SHA256 = "CamelHh1VideoSha256";

    /**
     * Out, with preflight=fix: the changes to the image before it was sent; absent when there were none, and when the
     * ledger or another delivery answered.
     */
    @Metadata(displayName = "Image Fixed", label = "producer", javaType = "String")
    public static final String IMAGE_FIXED = "CamelHh1ImageFixed";

    /** Out: state as answered. */
    @Metadata(displayName = "State", label = "producer", javaType = "String")
    public static final String STATE = "CamelHh1State";

    /** Out: whose provider key was used, as answered (BYOK, Unified, ...). */
    @Metadata(displayName = "Key Source", label = "producer", javaType = "String")
    public static final String KEY_SOURCE = "CamelHh1KeySource";

    /** Out: the model id used. */
    @Metadata(displayName = "Model", label = "producer", javaType = "String")
    public static final String MODEL = "CamelHh1Model";

    /** Out: id of this run, as operators quote it. In, for adopt, forget and lookup: the id of the run. */
    @Metadata(displayName = "Run ID", label = "producer", javaType = "String")
    public static final String RUN_ID = "CamelHh1RunId";

    /** Out: true when the ledger answered and nothing was paid for this message. */
    @Metadata(displayName = "Replayed", label = "producer", javaType = "Boolean")
    public static final String REPLAYED = "CamelHh1Replayed";

    /**
     * Out: seconds by price, with pricePerSecond; absent when the duration was left to the service. As a String it is
     * a plain number such as 0.70.
     */
    @Metadata(displayName = "Cost", label = "producer", javaType = "java.math.BigDecimal")
    public static final String COST = "CamelHh1Cost";

    /**
     * In, for runs: only runs of this state (CLAIMED, SENT, COMPLETED, REJECTED, FAILED, UNKNOWN or FORGOTTEN). In,
     * for forget: with UNKNOWN or FAILED, a run that has its video meanwhile is not freed. Out, of adopt and forget,
     * recovered and held: the state that the run is in now.
     */
    @Metadata(displayName = "Run State", label = "producer", javaType = "String")
    public static final String RUN_STATE = "CamelHh1RunState";

    /**
     * Out: true when a look-up or a resumed task gave the video; also when it is answered again. Always from
     * recovered.
     */
    @Metadata(displayName = "Recovered", label = "producer", javaType = "Boolean")
    public static final String RECOVERED = "CamelHh1Recovered";

    /** Out, of held: why the outcome of the run is unknown. */
    @Metadata(displayName = "Reason", label = "consumer", javaType = "String")
    public static final String REASON = "CamelHh1Reason";

    /**
     * Out, of held with backend=modelstudio: the tasks that may be the run's, each an
     * io.github.camelhh1.ledger.Candidate with taskId, status, createdAt and videoUrl. Absent where the service was
     * not asked.
     */
    @Metadata(displayName = "Candidates", label = "consumer", javaType = "java.util.List")
    public static final String CANDIDATES = "CamelHh1Candidates";

    /**
     * In, for prune: how long ago a run was settled, and its result handed on, at least: a Duration, or text such as
     * 30d or P30D. One day at least.
     */
    @Metadata(displayName = "Older Than", label = "producer", javaType = "java.time.Duration")
    public static final String OLDER_THAN = "CamelHh1OlderThan";

    /** In, for runs: only runs of this account. */
    @Metadata(displayName = "Run Account", label = "producer", javaType = "String")
    public static final String RUN_ACCOUNT = "CamelHh1RunAccount";

    /**
     * In, for runs: only runs whose video file name contains this text, in the same upper and lower case. It has no
     * wildcards.
     */
    @Metadata(displayName = "Run Name", label = "producer", javaType = "String")
    public static final String RUN_NAME = "CamelHh1RunName";

    /**
     * In, for runs: only runs that were first claimed at this time or later: a time with its zone
     * (2026-01-31T08:00:00Z), a day (2026-01-31, UTC), or how long ago (24h, PT24H).
     */
    @Metadata(displayName = "Run Since", label = "producer", javaType = "java.time.Instant")
    public static final String RUN_SINCE = "CamelHh1RunSince";

    /** Out, of runs: how many runs the ledger holds that the other headers select, listed or not. */
    @Metadata(displayName = "Run Total", label = "producer", javaType = "Long")
    public static final String RUN_TOTAL = "CamelHh1RunTotal";

    /** In, for runs: the most runs to list; 100 when not set, 10000 at most. */
    @Metadata(displayName = "Run Limit", label = "producer", javaType = "Integer")
    public static final String RUN_LIMIT = "CamelHh1RunLimit";

    /** In, for runs: how many of the newest to leave out; 0 when not set. */
    @Metadata(displayName = "Run Offset", label = "producer", javaType = "Integer")
    public static final String RUN_OFFSET = "CamelHh1RunOffset";

    /** Out: requests that left for the service. */
    @Metadata(displayName = "Attempts", label = "producer", javaType = "Integer")
    public static final String ATTEMPTS = "CamelHh1Attempts";

    /** Out: milliseconds from acceptance to outcome. */
    @Metadata(displayName = "Elapsed Millis", label = "producer", javaType = "Long")
    public static final String ELAPSED_MILLIS = "CamelHh1ElapsedMillis";

    /** Out: seconds of video asked for; absent when the duration was left to the service. */
    @Metadata(displayName = "Seconds", label = "producer", javaType = "Integer")
    public static final String SECONDS = "CamelHh1Seconds";

    /** Out: the service's log id, when sent. */
    @Metadata(displayName = "Log ID", label = "producer", javaType = "String")
    public static final String LOG_ID = "CamelHh1LogId";

    /** Out: the service's ray id, when sent. */
    @Metadata(displayName = "Ray ID", label = "producer", javaType = "String")
    public static final String RAY_ID = "CamelHh1RayId";

    /** Out: the service's cache verdict, when sent. */
    @Metadata(displayName = "Cache Status", label = "producer", javaType = "String")
    public static final String CACHE_STATUS = "CamelHh1CacheStatus";

    /** Out: the id of the task, on a backend that has tasks. */
    @Metadata(displayName = "Task ID", label = "producer", javaType = "String")
    public static final String TASK_ID = "CamelHh1TaskId";

    /** To a stagingUri or stagingCleanupUri endpoint: content hash and extension of the image. */
    @Metadata(displayName = "Image Name", label = "producer", javaType = "String")
    public static final String IMAGE_NAME = Staging.IMAGE_NAME;

    /** Exchange property, not a header: the text of the service's answer, with storeFullResponse=true. */
    @Metadata(displayName = "Full Response", label = "producer,advanced", javaType = "String")
    public static final String FULL_RESPONSE = "CamelHh1FullResponse";

    /**
     * Exchange property, not a header: how generate ended, as Completed, Rejected or Unknown. The property
     * CamelHh1Attempts is there, too, where it failed.
     */
    @Metadata(displayName = "Outcome", label = "producer", javaType = "String")
    public static final String OUTCOME = "CamelHh1Outcome";

    private Hh1Constants() {}
}
