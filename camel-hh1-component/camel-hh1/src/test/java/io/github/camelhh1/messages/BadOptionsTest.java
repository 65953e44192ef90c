package io.github.camelhh1.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.failure.NotSentException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad options and bad keys: said at start, or by the message that met them; nothing is sent. */
class BadOptionsTest {
    @RegisterExtension
    static final Bench BENCH = new Bench();

    @AfterEach
    void nothingWasSent() {
        assertThat(BENCH.simulator().requests()).isEmpty();
        assertThat(BENCH.simulator().charges()).isZero();
    }

    @Nested
    class AtStart {
        private void doesNotStart(String options, String... reasons) {
            assertThatThrownBy(() -> BENCH.send(options))
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(reasons)
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(Bench.KEY));
        }

        @Test
        void anAccountAndAKeyAreAskedForTogether() {
            BENCH.options().setAccountId(" ");
            BENCH.options().setApiKey("");
            doesNotStart(
                    "", "accountId", "CLOUDFLARE_ACCOUNT_ID", "apiKey", "CLOUDFLARE_API_TOKEN", "backend=simulator");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a\nb", "a b", "a\u0000b", "kéy"})
        void aKeyThatIsNoneIsRefused(String middle) {
            BENCH.options().setApiKey(Bench.KEY + middle);
            doesNotStart("", "apiKey holds a space, a line break");
        }

        @Test
        void anAccountThatLeadsElsewhereIsRefused() {
            doesNotStart("accountId=../../x", "accountId may hold letters");
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

    @Test
    void aKeyThatEndsInALineBreakIsTrimmed() {
        BENCH.options().setApiKey(Bench.KEY + "\r\n");

        assertThat(BENCH.send("").video()).isNotEmpty();

        assertThat(BENCH.simulator().charges()).isEqualTo(1);
        BENCH.simulator().reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\r\nX-Evil: 1", "ä"})
    void aSuppliersBadKeyIsInvalidAndNeverShown(String key) {
        BENCH.options().setApiKeySupplier(() -> key.isEmpty() ? key : Bench.KEY + key);

        var failure = BENCH.refused("", BENCH.simulator().sampleImageUrl(), Map.of());

        assertThat(failure.violations()).singleElement().asString().startsWith("apiKeySupplier: ");
        assertThat(failure.getMessage().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(400);
    }

    @Test
    void aSupplierThatFailsSendsNothing() {
        BENCH.options().setApiKeySupplier(() -> {
            throw new IllegalStateException("the vault is closed");
        });

        Exception failure = BENCH.send("").end().getException();

        assertThat(failure).isInstanceOf(NotSentException.class);
        assertThat(failure).hasMessageContaining("vault");
    }
}
