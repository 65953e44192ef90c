package io.github.camelhh1.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.fixture.TestContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad options and bad keys: said at start, or by the message that met them; nothing is sent. */
class BadOptionsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @AfterEach
    void nothingWasSent() {
        assertThat(CAMEL.simulator().requests()).isEmpty();
        assertThat(CAMEL.simulator().charges()).isZero();
    }

    @Nested
    class AtStart {
        private void doesNotStart(String options, String... reasons) {
            assertThatThrownBy(() -> CAMEL.send(options))
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(reasons)
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(TestContext.KEY));
        }

        @Test
        void anAccountAndAKeyAreAskedForTogether() {
            CAMEL.options(options -> options.setAccountId(" "));
            CAMEL.options(options -> options.setApiKey(""));
            doesNotStart(
                    "", "accountId", "CLOUDFLARE_ACCOUNT_ID", "apiKey", "CLOUDFLARE_API_TOKEN", "backend=simulator");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a\nb", "a b", "a\u0000b", "kéy"})
        void aKeyThatIsNoneIsRefused(String middle) {
            CAMEL.options(options -> options.setApiKey(TestContext.KEY + middle));
            doesNotStart("", "apiKey holds a space, a line break");
        }

        /** Camel evaluates them before any message is there: the key was lost, and the same request paid twice. */
        @ParameterizedTest
        @ValueSource(strings = {"RAW($simple{header.order})", "RAW{$simple{header.order}}"})
        void aKeyThatCamelEvaluatesTooEarlyIsRefused(String key) {
            doesNotStart(
                    "prompt=x&requestKey=" + key + "&seed=1",
                    "requestKey=RAW($simple{...})",
                    "RAW(${...})",
                    "$simple{...}");
            doesNotStart("requestKey=" + key + "&prompt=x", "requestKey=RAW($simple{...})");
            // Camel reads names of options without regard to case and dashes.
            doesNotStart("request-key=" + key, "requestKey=RAW($simple{...})");
            doesNotStart("RequestKEY=" + key, "requestKey=RAW($simple{...})");
            doesNotStart("correlation=" + key, "correlation=RAW($simple{...})");
        }

        @Test
        void anAccountThatLeadsElsewhereIsRefused() {
            doesNotStart("accountId=../../x", "accountId may hold letters");
        }

        private void starts(String options) {
            var producer = CAMEL.context().getEndpoint("hh1:generate?" + options);
            assertThatCode(() -> {
                        var started = producer.createProducer();
                        started.start();
                        started.stop();
                    })
                    .doesNotThrowAnyException();
        }

        @ParameterizedTest
        @CsvSource({"15, 15m", "60, 60m", "900, 900s", "15s, 15m", "29999, 30s", "-15, more than 0"})
        void aGenerationTimeoutTooShortForAnyVideoIsRefused(String timeout, String meant) {
            doesNotStart("baseUrl=https://api.example/v4&generationTimeout=" + timeout, "generationTimeout", meant);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "baseUrl=https://api.example/v4&generationTimeout=30s",
                    "baseUrl=http://127.0.0.1:1/v4&generationTimeout=15",
                    "baseUrl=https://localhost:1/v4&generationTimeout=15",
                    "baseUrl=http://[::1]:1/v4&generationTimeout=15",
                    "backend=simulator&baseUrl=https://api.example/v4&generationTimeout=15"
                })
        void aShortOneIsForServicesOnThisMachine(String options) {
            starts(options);
        }

        @Test
        void aTimeOutBelowASecondIsWarnedOfOnce() {
            try (CapturedLog log = CapturedLog.start()) {
                CAMEL.restart(component -> component.setConnectTimeout(20));
                starts("generationTimeout=15");
                CAMEL.restart(component -> component.setConnectTimeout(1_000));
                starts("generationTimeout=1000&retryDelay=5");

                assertThat(log.text())
                        .containsOnlyOnce("connectTimeout=20 is 20 milliseconds; write 20s for seconds")
                        .containsOnlyOnce("generationTimeout=15 is 15 milliseconds; write 15m for minutes")
                        .doesNotContain("retryDelay");
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                nullValues = "-",
                value = {
                    "http://proxy.test:3128 | 3128 | - | - | proxyHost must be the name",
                    "proxy.test:3128        | 3128 | - | - | proxyHost must be the name",
                    "a:b@proxy.test         | 3128 | - | - | proxyHost must be the name",
                    "proxy.test             | -    | - | - | proxyHost needs proxyPort",
                    "proxy.test             | 0    | - | - | it is 0",
                    "proxy.test             | 65536| - | - | it is 65536",
                    "-                      | 3128 | - | - | need proxyHost",
                    "-                      | -    | u | p | need proxyHost",
                    "proxy.test             | 3128 | u | - | go together",
                    "proxy.test             | 3128 | - | p | go together",
                    "proxy.test             | 3128 | u:v | p | colon"
                })
        void aProxyThatCannotBeAskedIsRefused(
                String host, Integer port, String username, String password, String reason) {
            assertThatThrownBy(() -> CAMEL.restart(component -> {
                        component.setProxyHost(host);
                        component.setProxyPort(port);
                        component.setProxyAuthUsername(username);
                        component.setProxyAuthPassword(password);
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(reason);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "requestKey=${heder.order}",
                    "correlation=${header.order",
                    "stagingUri=nosuch:photos",
                    "stagingUri=direct:stage&stagingCleanupUri=nosuch:photos"
                })
        void anExpressionOrAnEndpointThatCamelCannotMakeIsShownWithItsOption(String options) {
            String option = options.replaceFirst("=[^&]*$", "").replaceFirst(".*&", "");
            assertThatThrownBy(() -> CAMEL.send(options)).hasStackTraceContaining(option + ": ");
        }

        @Test
        void badDefaultsAreRefusedTogether() {
            doesNotStart(
                    "duration=2&resolution=4K&seed=-1&image=ftp://x/1&maxAttempts=0&generationTimeout=0",
                    "duration",
                    "resolution",
                    "seed",
                    "image",
                    "maxAttempts",
                    "generationTimeout");
        }
    }

    @Nested
    class Misspelled {
        private void isRefused(String uri, String... reasons) {
            assertThatThrownBy(() -> CAMEL.context().getEndpoint(uri))
                    .cause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(reasons);
        }

        @Test
        void anOptionOfAnEndpointIsShownWithTheClosestOne() {
            isRefused(
                    "hh1:generate?promt=a horse runs",
                    "there is no option \"promt\"; did you mean prompt?",
                    "The options of hh1:generate are",
                    "accountId",
                    "watermark");
        }

        @Test
        void anOptionOfTheComponentIsSetThere() {
            isRefused(
                    "hh1:generate?ledger=memory",
                    "ledger is no option of an endpoint",
                    "the property camel.component.hh1.ledger");
            isRefused(
                    "hh1:generate?legder=memory",
                    "there is no option \"legder\"; did you mean ledger?",
                    "the property camel.component.hh1.ledger");
        }

        @Test
        void anOptionLikeNoOtherIsShownWithTheRightOnes() {
            isRefused("hh1:generate?a=1&zzz=2", "there is no option \"a\";", "\"zzz\". The options", "prompt");
        }

        @Test
        void anUnknownOptionKeepsItsValueToItself() {
            assertThatThrownBy(() -> CAMEL.context().getEndpoint("hh1:generate?apiKeyy=" + TestContext.KEY))
                    .cause()
                    .hasMessageContaining("did you mean apiKey?")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(TestContext.KEY));
        }

        @Test
        void anOperationIsShownWithAllOperations() {
            isRefused(
                    "hh1:generat", "there is no such operation; did you mean generate? Use one of [generate, estimate");
            isRefused("hh1:?backend=simulator", "the operation is missing. Use one of [generate, estimate");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "duration=5s            | duration: \"5s\" is not an integer from 3 to 15 | duration=5",
                    "maxAttempts=some       | maxAttempts: \"some\" is not a whole number   | maxAttempts",
                    "maxVideoSize=100m      | maxVideoSize: \"100m\" is not a whole number  | maxVideoSize",
                    "seed=7s                | seed: \"7s\" is not a whole number            | seed",
                    "skipCache=perhaps      | skipCache: \"perhaps\" is neither true nor false | skipCache",
                    "generationTimeout=soon | generationTimeout: \"soon\" is no duration    | 15m, 30s or 900000"
                })
        void aValueIsShownWithItsRule(String option, String problem, String remedy) {
            isRefused("hh1:generate?" + option, problem, remedy);
        }

        @ParameterizedTest
        @CsvSource({
            "backend=simulater, did you mean simulator?",
            "preflight=warning, '[off, warn, fail, fix]'",
            "onUnknown=held, did you mean hold?",
            "output=vidoe, did you mean video?"
        })
        void aWordIsShownWithTheRightOnes(String option, String remedy) {
            assertThatThrownBy(() -> CAMEL.send(option)).rootCause().hasMessageContainingAll("must be one of", remedy);
        }
    }

    /** Under Camel Main. Spring Boot names a wrong property by itself. */
    @Nested
    class AsProperty {
        private static final String PREFIX = "camel.component.hh1.";

        private String log(Map<String, String> properties) {
            var main = new Main();
            properties.forEach((name, value) -> main.addOverrideProperty(PREFIX + name, value));
            try (CapturedLog log = CapturedLog.start()) {
                assertThatThrownBy(main::start).hasMessageContaining(PREFIX);
                return log.text();
            } finally {
                main.stop();
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "maxCostPerDya     | there is no option \"maxCostPerDya\"; did you mean maxCostPerDay?",
                    "max-cost-per-dya  | did you mean maxCostPerDay?",
                    "zzz               | Property of the component: there is no option \"zzz\". Its options are [accountId, ",
                    "duration          | duration is no option of the component. It belongs to an endpoint: set it in its"
                            + " URI, for example hh1:generate?duration=...",
                    "promt             | did you mean prompt? It belongs to an endpoint"
                })
        void aNameIsShownWithTheClosestOne(String name, String shown) {
            assertThat(log(Map.of(name, TestContext.KEY))).contains(shown).doesNotContain(TestContext.KEY);
        }

        @Test
        void aNameIsIgnoredWithALineInTheLogWhereCamelIgnoresIt() {
            var main = new Main();
            main.addOverrideProperty("camel.main.autoConfigurationFailFast", "false");
            main.addOverrideProperty(PREFIX + "a", "1");
            main.addOverrideProperty(PREFIX + "maxInFlight", "3");
            try (CapturedLog log = CapturedLog.start()) {
                main.start();

                assertThat(log.text()).contains("there is no option \"a\"");
                assertThat(main.getCamelContext()
                                .getComponent("hh1", Hh1Component.class)
                                .getMaxInFlight())
                        .isEqualTo(3);
            } finally {
                main.stop();
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "generation-timeout | 15 min | generationTimeout: \"15 min\" is no duration; write for example 15m",
                    "maxInFlight        | many   | maxInFlight: \"many\" is not a whole number",
                    // Camel reads them as milliseconds: the cap would be a thousand times as high.
                    "maxSecondsPerDay   | 600s   | maxSecondsPerDay: \"600s\" is not a whole number",
                    "max-seconds-per-day| PT1H   | maxSecondsPerDay: \"PT1H\" is not a whole number",
                    "inlineImages       | ja     | inlineImages: \"ja\" is neither true nor false"
                })
        void aValueIsShownWithItsRule(String name, String value, String shown) {
            var main = new Main();
            main.addOverrideProperty(PREFIX + name, value);

            assertThatThrownBy(main::start).hasStackTraceContaining(shown);

            main.stop();
        }
    }

    @Test
    void aKeyThatEndsInALineBreakIsTrimmed() {
        CAMEL.options(options -> options.setApiKey(TestContext.KEY + "\r\n"));

        assertThat(CAMEL.send("").video()).isNotEmpty();

        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        CAMEL.simulator().reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\r\nX-Evil: 1", "ä"})
    void aSuppliersBadKeyIsInvalidAndNeverShown(String key) {
        CAMEL.options(options -> options.setApiKeySupplier(() -> key.isEmpty() ? key : TestContext.KEY + key));

        var failure = CAMEL.refused("", CAMEL.simulator().sampleImageUrl(), Map.of());

        assertThat(failure.violations()).singleElement().asString().startsWith("apiKeySupplier: ");
        assertThat(failure.getMessage().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(400);
    }

    @Test
    void aSupplierThatFailsSendsNothing() {
        CAMEL.options(options -> options.setApiKeySupplier(() -> {
            throw new IllegalStateException("the vault is closed");
        }));

        Exception failure = CAMEL.send("").end().getException();

        assertThat(failure).isInstanceOf(NotSentException.class);
        assertThat(failure).hasMessageContaining("vault");
    }
}
