package io.github.camelhh1.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.TestContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad options of {@code backend=modelstudio}: said at start, or by the message that met them; nothing is sent. */
class ModelStudioOptionsTest {
    private static final String REAL = "&baseUrl=https://api.cloudflare.com/client/v4";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @BeforeEach
    void useModelStudio() {
        CAMEL.options(options -> {
            options.setBackend("modelstudio");
            options.setAccountId(null);
        });
    }

    @AfterEach
    void nothingWasSent() {
        assertThat(CAMEL.simulator().requests()).isEmpty();
    }

    private static void doesNotStart(String options, String... reasons) {
        assertThatThrownBy(() -> CAMEL.send(options))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(reasons)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(TestContext.KEY));
    }

    private static void starts(String options) {
        assertThatCode(() -> {
                    var producer = CAMEL.context()
                            .getEndpoint("hh1:generate?" + options)
                            .createProducer();
                    producer.start();
                    producer.stop();
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"region=singapure, did you mean singapore?", "region=tokyo, 'must be one of [singapore, beijing'"})
    void anUnknownRegionIsRefused(String option, String reason) {
        doesNotStart(option, "region", reason);
    }

    @Test
    void frankfurtNeedsItsWorkspace() {
        doesNotStart("region=frankfurt" + REAL, "accountId, the workspace id, is not set");
        starts("region=frankfurt&accountId=llm-abc" + REAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"virginia", "frankfurt&accountId=w"})
    void aModelOfOtherRegionsIsRefused(String region) {
        String where = "region=" + region + REAL;
        doesNotStart("model=happyhorse-1.1-i2v&" + where, "happyhorse-1.1-i2v", "region=singapore", "region=beijing");
        doesNotStart("model=alibaba/hh1.1-i2v&" + where, "happyhorse-1.1-i2v");
        starts("model=happyhorse-1.0-i2v&" + where);
        starts(where);
    }

    @ParameterizedTest
    @ValueSource(strings = {"happyhorse-1.1-i2v", "alibaba/hh1.1-i2v", "happyhorse-1.0-i2v", "happyhorse-2.0-i2v"})
    void aModelOfItsRegionIsTaken(String model) {
        starts("region=beijing&model=" + model + REAL);
    }

    @Test
    void aModelThatOnlyCloudflareHasIsRefused() {
        doesNotStart("model=alibaba/wan-2.7-i2v", "alibaba/wan-2.7-i2v", "alibaba/hh1-i2v", "happyhorse-1.0-i2v");
    }

    @Test
    void anAccountThatLeadsElsewhereIsRefused() {
        doesNotStart("region=frankfurt&accountId=evil.example/" + REAL, "accountId may hold letters");
    }

    @ParameterizedTest
    @CsvSource({
        "modelstudio, abcdefghijklmnopqrstuvwxyz0123456789ABCD, Cloudflare",
        "modelstudio, cfut_abc, Cloudflare",
        "cloudflare, sk-0123456789abcdef0123456789abcdef, Model Studio"
    })
    void aKeyOfTheOtherServiceIsRefused(String backend, String key, String service) {
        CAMEL.options(options -> {
            options.setBackend(backend);
            options.setAccountId("account");
            options.setApiKey(key);
        });
        assertThatThrownBy(() -> CAMEL.send(""))
                .rootCause()
                .hasMessageContainingAll("apiKey looks like a key of", service)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(key));
    }

    @Test
    void aKeyIsAskedForByTheNameThatTheServiceUses() {
        CAMEL.options(options -> options.setApiKey(""));
        doesNotStart("", "apiKey", "DASHSCOPE_API_KEY", "backend=simulator");
    }

    @ParameterizedTest
    @CsvSource({"pollInterval=15, write 15s", "pollInterval=0, a second or longer"})
    void anIntervalOfMillisecondsIsRefused(String option, String reason) {
        doesNotStart(option + REAL, "pollInterval", reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"maxTasks", "maxCreatesPerSecond", "maxPollsPerSecond"})
    void aLimitOfNothingIsRefused(String option) {
        assertThatThrownBy(() -> CAMEL.restart(component -> {
                    component.setMaxTasks(option.equals("maxTasks") ? 0 : 1);
                    component.setMaxCreatesPerSecond(option.equals("maxCreatesPerSecond") ? 0 : 1);
                    component.setMaxPollsPerSecond(option.equals("maxPollsPerSecond") ? 0 : 1);
                }))
                .hasMessageContaining(option + " must be 1 or more");
    }

    @Test
    void aNegativePromptIsAViolation() {
        doesNotStart("negativePrompt=blur", "negative_prompt", "modelstudio", "the option negativePrompt");
        String image = CAMEL.simulator().sampleImageUrl();

        var byHeader = CAMEL.refused("", image, Map.of(Hh1Constants.NEGATIVE_PROMPT, "blur"));
        var byBody = CAMEL.refused("", Map.of("image", image, "negative_prompt", "blur"), Map.of());

        assertThat(byHeader.violations()).singleElement().asString().startsWith("negative_prompt: ");
        assertThat(byBody.violations()).singleElement().asString().startsWith("negative_prompt: ");
    }

    @Test
    void anEstimateShowsTheRequestOfThisService() {
        var exchange = CAMEL.sendTo("hh1:estimate?prompt=pan&duration=4", message -> message.getMessage()
                        .setBody("https://images.example/1.png"))
                .end();

        assertThat(exchange.getMessage().getBody(Map.class).get("request"))
                .isEqualTo(Map.of(
                        "model",
                        "happyhorse-1.0-i2v",
                        "input",
                        Map.of(
                                "prompt",
                                "pan",
                                "media",
                                List.of(Map.of("type", "first_frame", "url", "https://images.example/1.png"))),
                        "parameters",
                        Map.of("duration", 4)));
    }
}
