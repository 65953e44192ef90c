package io.github.camelhh1;

import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** Options of an endpoint for its messages: defaults for fields that a message does not set. */
@UriParams
public class Hh1MessageOptions extends SetBeforeStart {
    /** Image of messages without one: an absolute http(s) URL or a data:image URI. */
    @UriParam(label = "producer")
    private @Nullable String image;

    /** Prompt of messages without one. */
    @UriParam(label = "producer")
    @Metadata(largeInput = true)
    private @Nullable String prompt;

    /** Negative prompt of messages without one: content that the video should not show. */
    @UriParam(label = "producer")
    @Metadata(largeInput = true)
    private @Nullable String negativePrompt;

    /** Resolution of messages without one. Left to the service when not set. */
    @UriParam(label = "producer", enums = "720P,1080P")
    private @Nullable String resolution;

    /** Seconds of video for messages without a duration: 3 to 15. Left to the service when not set. */
    @UriParam(label = "producer", javaType = "java.lang.Integer")
    private @Nullable Integer duration;

    /** Seed of messages without one: 0 to 2147483647. */
    @UriParam(label = "producer", javaType = "java.lang.Integer")
    private @Nullable Integer seed;

    /** Whether the provider stamps the video. Left to the service when not set. */
    @UriParam(label = "producer", enums = "true,false")
    private @Nullable String watermark;

    /**
     * Key of a request: a Simple expression, compiled at start, for example $simple{header.orderId}. A blank result is
     * an error.
     */
    @UriParam(label = "producer")
    private @Nullable String requestKey;

    /**
     * The body after generate: the video's link (url), or the video as a file-backed stream (video). A download that
     * fails is repeated by a redelivery; the video is paid for once.
     */
    @UriParam(label = "producer", defaultValue = "url", enums = "url,video")
    private String output = "url";

    /** Keep the text of the service's answer in the exchange property CamelHh1FullResponse. */
    @UriParam(label = "advanced", defaultValue = "false")
    private boolean storeFullResponse = false;

    public String getOutput() {
        return output;
    }

    public void setOutput(String output) {
        this.output = changed(this.output, output);
    }

    public @Nullable String getImage() {
        return image;
    }

    public void setImage(@Nullable String image) {
        this.image = changed(this.image, image);
    }

    public @Nullable String getPrompt() {
        return prompt;
    }

    public void setPrompt(@Nullable String prompt) {
        this.prompt = changed(this.prompt, prompt);
    }

    public @Nullable String getNegativePrompt() {
        return negativePrompt;
    }

    public void setNegativePrompt(@Nullable String negativePrompt) {
        this.negativePrompt = changed(this.negativePrompt, negativePrompt);
    }

    public @Nullable String getResolution() {
        return resolution;
    }

    public void setResolution(@Nullable String resolution) {
        this.resolution = changed(this.resolution, resolution);
    }

    public @Nullable Integer getDuration() {
        return duration;
    }

    public void setDuration(@Nullable Integer duration) {
        this.duration = changed(this.duration, duration);
    }

    public @Nullable Integer getSeed() {
        return seed;
    }

    public void setSeed(@Nullable Integer seed) {
        this.seed = changed(this.seed, seed);
    }

    public @Nullable String getWatermark() {
        return watermark;
    }

    public void setWatermark(@Nullable String watermark) {
        this.watermark = changed(this.watermark, watermark);
    }

    public @Nullable String getRequestKey() {
        return requestKey;
    }

    public void setRequestKey(@Nullable String requestKey) {
        this.requestKey = changed(this.requestKey, requestKey);
    }

    public boolean isStoreFullResponse() {
        return storeFullResponse;
    }

    public void setStoreFullResponse(boolean storeFullResponse) {
        this.storeFullResponse = changed(this.storeFullResponse, storeFullResponse);
    }
}
