package io.github.camelhh1;

import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** Options of an endpoint for its messages: defaults for fields that a message does not set. */
@UriParams
public class Hh1MessageOptions extends SetBeforeStart {
    @UriParam(
            label = "producer",
            description = "Image of messages without one: an absolute http(s) URL or a data:image URI.")
    private @Nullable String image;

    @UriParam(label = "producer", description = "Prompt of messages without one.")
    @Metadata(largeInput = true)
    private @Nullable String prompt;

    @UriParam(
            label = "producer",
            description = "Negative prompt of messages without one: content that the video should not show.")
    @Metadata(largeInput = true)
    private @Nullable String negativePrompt;

    @UriParam(
            label = "producer",
            enums = "720P,1080P",
            description = "Resolution of messages without one. Left to the service when not set.")
    private @Nullable String resolution;

    @UriParam(
            label = "producer",
            javaType = "java.lang.Integer",
            description =
                    "Seconds of video for messages without a duration: 3 to 15. Left to the service when not set.")
    private @Nullable Integer duration;

    @UriParam(
            label = "producer",
            javaType = "java.lang.Integer",
            description = "Seed of messages without one: 0 to 2147483647.")
    private @Nullable Integer seed;

    @UriParam(
            label = "producer",
            enums = "true,false",
            description = "Whether the provider stamps the video. Left to the service when not set.")
    private @Nullable String watermark;

    @UriParam(
            label = "producer",
            description =
                    "Key of a request: a Simple expression, compiled at start, for example $simple{header.orderId}. A blank result is an error.")
    private @Nullable String requestKey;

    @UriParam(
            label = "producer",
            defaultValue = "url",
            enums = "url,video",
            description =
                    "The body after generate: the video's link (url), or the video as a file-backed stream (video). A download that fails is repeated by a redelivery; the video is paid for once.")
    private String output = "url";

    @UriParam(
            label = "advanced",
            defaultValue = "false",
            description = "Keep the text of the service's answer in the exchange property CamelHh1FullResponse.")
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
