package io.github.camelhh1.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.fixture.TestContext;
import org.apache.camel.Producer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API token goes over plain http to this machine only, unless it is allowed. */
class PlainHttpTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static void start(String options) throws Exception {
        Producer producer =
                CAMEL.context().getEndpoint("hh1:generate?" + options).createProducer();
        producer.start();
        producer.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "HTTP://api.example:8080/v4",
                "http://10.0.0.1",
                "http://127.1",
                "http://localhost.example",
                "http://127.0.0.1.example"
            })
    void isRefusedElsewhere(String baseUrl) {
        assertThatThrownBy(() -> start("baseUrl=" + baseUrl))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("baseUrl=" + baseUrl, "plain http", "loopback", "https", "allowPlainHttp=true")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(TestContext.KEY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "baseUrl=http://example.com&allowPlainHttp=true",
                "baseUrl=https://example.com",
                "baseUrl=http://127.0.0.2:1",
                "baseUrl=http://LOCALHOST:1",
                "baseUrl=http://[::1]:1",
                "backend=simulator&baseUrl=http://example.com"
            })
    void isForThisMachineAndForWhomItIsAllowed(String options) {
        assertThatCode(() -> start(options)).doesNotThrowAnyException();
    }
}
