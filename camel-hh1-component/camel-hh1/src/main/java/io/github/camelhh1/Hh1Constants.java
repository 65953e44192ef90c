package io.github.camelhh1;

import io.github.camelhh1.staging.Staging;
import org.apache.camel.spi.Metadata;

/** Names of the message headers. */
public final class Hh1Constants {
    @Metadata(
            displayName = "Image",
            label = "producer",
            description = "In: the image, as an absolute http(s) URL or a data:image URI.",
            javaType = "String")
    public static final String IMAGE = "CamelHh1Image";

    @Metadata(
            displayName = "Prompt",
            label = "producer",
            description = "In: description of the video. The provider cuts it beyond 5000 characters.",
            javaType = "String")
    public static final String PROMPT = "CamelHh1Prompt";

    @Metadata(
            displayName = "Negative Prompt",
            label = "producer",
            description = "In: content that the video should not show.",
            javaType = "String")
    public static final String NEGATIVE_PROMPT = "CamelHh1NegativePrompt";

    @Metadata(displayName = "Resolution", label = "producer", description = "In: 720P or 1080P.", javaType = "String")
    public static final String RESOLUTION = "CamelHh1Resolution";

    @Metadata(
            displayName = "Duration",
            label = "producer",
            description = "In: seconds of video, 3 to 15.",
            javaType = "Integer")
    public static final String DURATION = "CamelHh1Duration";

    @Metadata(
            displayName = "Seed",
            label = "producer",
            description = "In: seed, 0 to 2147483647.",
            javaType = "Integer")
    public static final String SEED = "CamelHh1Seed";

    @Metadata(
            displayName = "Watermark",
            label = "producer",
            description = "In: whether the provider stamps the video.",
            javaType = "Boolean")
    public static final String WATERMARK = "CamelHh1Watermark";

    @Metadata(
            displayName = "Request Key",
            label = "producer",
            description = "In: the key of the request. Two messages with the same key are one request.",
            javaType = "String")
    public static final String REQUEST_KEY = "CamelHh1RequestKey";

    @Metadata(
            displayName = "Correlation",
            label = "producer",
            description =
                    "In: text of the sender, at most 1000 characters, that the ledger keeps with the run. It changes neither the key nor the fingerprint of the request. Out, of recovered and held: the same text.",
            javaType = "String")
    public static final String CORRELATION = "CamelHh1Correlation";

    @Metadata(
            displayName = "Video URL",
            label = "producer",
            description = "Out: the link of the video. In, for download: the link to fetch when the body is no link.",
            javaType = "String",
            important = true)
    public static final String VIDEO_URL = "CamelHh1VideoUrl";

    @Metadata(
            displayName = "Video Expires At",
            label = "producer",
            description = "Out: when the link expires, from its own signature; absent when it does not say.",
            javaType = "java.time.Instant")
    public static final String VIDEO_EXPIRES_AT = "CamelHh1VideoExpiresAt";

    @Metadata(
            displayName = "Video Expires At Millis",
            label = "producer",
            description = "Out: CamelHh1VideoExpiresAt in milliseconds since 1970-01-01T00:00Z.",
            javaType = "Long")
    public static final String VIDEO_EXPIRES_AT_MILLIS = "CamelHh1VideoExpiresAtMillis";

    @Metadata(
            displayName = "Video File Name",
            label = "producer",
            description =
                    "Out: the base name of the source, or the request key, with .mp4; safe as a file name. In, for download: the name of the file.",
            javaType = "String")
    public static final String VIDEO_FILE_NAME = "CamelHh1VideoFileName";

    @Metadata(
            displayName = "Video Width",
            label = "producer",
            description =
                    "Out, of download: width of the picture in pixels, as stated in the file; absent when it states none.",
            javaType = "Integer")
    public static final String VIDEO_WIDTH = "CamelHh1VideoWidth";

    @Metadata(
            displayName = "Video Height",
            label = "producer",
            description =
                    "Out, of download: height of the picture in pixels, as stated in the file; absent when it states none.",
            javaType = "Integer")
    public static final String VIDEO_HEIGHT = "CamelHh1VideoHeight";

    @Metadata(
            displayName = "Video Duration",
            label = "producer",
            description =
                    "Out, of download: playing time of the video, as stated in the file; absent when it states none.",
            javaType = "java.time.Duration")
    public static final String VIDEO_DURATION = "CamelHh1VideoDuration";

    @Metadata(
            displayName = "Video Duration Millis",
            label = "producer",
            description = "Out, of download: CamelHh1VideoDuration in milliseconds.",
            javaType = "Long")
    public static final String VIDEO_DURATION_MILLIS = "CamelHh1VideoDurationMillis";

    @Metadata(
            displayName = "Video SHA-256",
            label = "producer",
            description = "Out, of download: SHA-256 of the video's bytes, in lower-case hexadecimal.",
            javaType = "String")
    public static final String VIDEO_SHA256 = "CamelHh1VideoSha256";

    @Metadata(
            displayName = "Image Fixed",
            label = "producer",
            description =
                    "Out, with preflight=fix: the changes to the image before it was sent; absent when there were none, and when the ledger or another delivery answered.",
            javaType = "String")
    public static final String IMAGE_FIXED = "CamelHh1ImageFixed";

    @Metadata(displayName = "State", label = "producer", description = "Out: state as answered.", javaType = "String")
    public static final String STATE = "CamelHh1State";

    @Metadata(
            displayName = "Key Source",
            label = "producer",
            description = "Out: whose provider key was used, as answered (BYOK, Unified, ...).",
            javaType = "String")
    public static final String KEY_SOURCE = "CamelHh1KeySource";

    @Metadata(displayName = "Model", label = "producer", description = "Out: the model id used.", javaType = "String")
    public static final String MODEL = "CamelHh1Model";

    @Metadata(
            displayName = "Run ID",
            label = "producer",
            description =
                    "Out: id of this run, as operators quote it. In, for adopt, forget and lookup: the id of the run.",
            javaType = "String")
    public static final String RUN_ID = "CamelHh1RunId";

    @Metadata(
            displayName = "Replayed",
            label = "producer",
            description = "Out: true when the ledger answered and nothing was paid for this message.",
            javaType = "Boolean")
    public static final String REPLAYED = "CamelHh1Replayed";

    @Metadata(
            displayName = "Cost",
            label = "producer",
            description =
                    "Out: seconds by price, with pricePerSecond; absent when the duration was left to the service. As a String it is a plain number such as 0.70.",
            javaType = "java.math.BigDecimal")
    public static final String COST = "CamelHh1Cost";

    @Metadata(
            displayName = "Run State",
            label = "producer",
            description =
                    "In, for runs: only runs of this state (CLAIMED, SENT, COMPLETED, REJECTED, FAILED, UNKNOWN or FORGOTTEN). In, for forget: with UNKNOWN or FAILED, a run that has its video meanwhile is not freed. Out, of adopt and forget, recovered and held: the state that the run is in now.",
            javaType = "String")
    public static final String RUN_STATE = "CamelHh1RunState";

    @Metadata(
            displayName = "Recovered",
            label = "producer",
            description =
                    "Out: true when a look-up or a resumed task gave the video; also when it is answered again. Always from recovered.",
            javaType = "Boolean")
    public static final String RECOVERED = "CamelHh1Recovered";

    @Metadata(
            displayName = "Reason",
            label = "consumer",
            description = "Out, of held: why the outcome of the run is unknown.",
            javaType = "String")
    public static final String REASON = "CamelHh1Reason";

    @Metadata(
            displayName = "Candidates",
            label = "consumer",
            description =
                    "Out, of held with backend=modelstudio: the tasks that may be the run's, each an io.github.camelhh1.ledger.Candidate with taskId, status, createdAt and videoUrl. Absent where the service was not asked.",
            javaType = "java.util.List")
    public static final String CANDIDATES = "CamelHh1Candidates";

    @Metadata(
            displayName = "Older Than",
            label = "producer",
            description =
                    "In, for prune: how long ago a run was settled, and its result handed on, at least: a Duration, or text such as 30d or P30D. One day at least.",
            javaType = "java.time.Duration")
    public static final String OLDER_THAN = "CamelHh1OlderThan";

    @Metadata(
            displayName = "Run Account",
            label = "producer",
            description = "In, for runs: only runs of this account.",
            javaType = "String")
    public static final String RUN_ACCOUNT = "CamelHh1RunAccount";

    @Metadata(
            displayName = "Run Name",
            label = "producer",
            description =
                    "In, for runs: only runs whose video file name contains this text, in the same upper and lower case. It has no wildcards.",
            javaType = "String")
    public static final String RUN_NAME = "CamelHh1RunName";

    @Metadata(
            displayName = "Run Since",
            label = "producer",
            description =
                    "In, for runs: only runs that were first claimed at this time or later: a time with its zone (2026-01-31T08:00:00Z), a day (2026-01-31, UTC), or how long ago (24h, PT24H).",
            javaType = "java.time.Instant")
    public static final String RUN_SINCE = "CamelHh1RunSince";

    @Metadata(
            displayName = "Run Total",
            label = "producer",
            description = "Out, of runs: how many runs the ledger holds that the other headers select, listed or not.",
            javaType = "Long")
    public static final String RUN_TOTAL = "CamelHh1RunTotal";

    @Metadata(
            displayName = "Run Limit",
            label = "producer",
            description = "In, for runs: the most runs to list; 100 when not set, 10000 at most.",
            javaType = "Integer")
    public static final String RUN_LIMIT = "CamelHh1RunLimit";

    @Metadata(
            displayName = "Run Offset",
            label = "producer",
            description = "In, for runs: how many of the newest to leave out; 0 when not set.",
            javaType = "Integer")
    public static final String RUN_OFFSET = "CamelHh1RunOffset";

    @Metadata(
            displayName = "Attempts",
            label = "producer",
            description = "Out: requests that left for the service.",
            javaType = "Integer")
    public static final String ATTEMPTS = "CamelHh1Attempts";

    @Metadata(
            displayName = "Elapsed Millis",
            label = "producer",
            description = "Out: milliseconds from acceptance to outcome.",
            javaType = "Long")
    public static final String ELAPSED_MILLIS = "CamelHh1ElapsedMillis";

    @Metadata(
            displayName = "Seconds",
            label = "producer",
            description = "Out: seconds of video asked for; absent when the duration was left to the service.",
            javaType = "Integer")
    public static final String SECONDS = "CamelHh1Seconds";

    @Metadata(
            displayName = "Log ID",
            label = "producer",
            description = "Out: the service's log id, when sent.",
            javaType = "String")
    public static final String LOG_ID = "CamelHh1LogId";

    @Metadata(
            displayName = "Ray ID",
            label = "producer",
            description = "Out: the service's ray id, when sent.",
            javaType = "String")
    public static final String RAY_ID = "CamelHh1RayId";

    @Metadata(
            displayName = "Cache Status",
            label = "producer",
            description = "Out: the service's cache verdict, when sent.",
            javaType = "String")
    public static final String CACHE_STATUS = "CamelHh1CacheStatus";

    @Metadata(
            displayName = "Task ID",
            label = "producer",
            description = "Out: the id of the task, on a backend that has tasks.",
            javaType = "String")
    public static final String TASK_ID = "CamelHh1TaskId";

    @Metadata(
            displayName = "Image Name",
            label = "producer",
            description = "To a stagingUri or stagingCleanupUri endpoint: content hash and extension of the image.",
            javaType = "String")
    public static final String IMAGE_NAME = Staging.IMAGE_NAME;

    @Metadata(
            displayName = "Full Response",
            label = "producer,advanced",
            description =
                    "Exchange property, not a header: the text of the service's answer, with storeFullResponse=true.",
            javaType = "String")
    public static final String FULL_RESPONSE = "CamelHh1FullResponse";

    @Metadata(
            displayName = "Outcome",
            label = "producer",
            description =
                    "Exchange property, not a header: how generate ended, as Completed, Rejected or Unknown. The property CamelHh1Attempts is there, too, where it failed.",
            javaType = "String")
    public static final String OUTCOME = "CamelHh1Outcome";

    private Hh1Constants() {}
}
