package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The ledger stores no prompt, no API key and no image, whatever becomes of a run; read from the bytes on the disk. */
class PrivacyTest {
    private static final String PROMPT = "canary-prompt-7f3a";
    private static final String NEGATIVE = "canary-negative-11c2";
    private static final String IMAGE = "canary-image-5b9e00";
    private static final String SIGNATURE = "canary-signature-c0de";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    @TempDir
    private Path directory;

    @BeforeEach
    void open() {
        LEDGER.ledgerIn(directory.resolve("hh1.db"));
    }

    private static byte[] photo() {
        var photo = new ByteArrayOutputStream();
        photo.writeBytes(Images.png());
        // Base64 works in threes: padded, the canary reads the same there.
        photo.writeBytes(new byte[(3 - photo.size() % 3) % 3]);
        photo.writeBytes(IMAGE.getBytes(StandardCharsets.US_ASCII));
        return photo.toByteArray();
    }

    private static Processor message(String key, Object body) {
        return exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeader(Hh1Constants.PROMPT, PROMPT);
            exchange.getMessage().setHeader(Hh1Constants.NEGATIVE_PROMPT, NEGATIVE);
            exchange.getMessage().setHeader("JMSMessageID", key);
        };
    }

    private static Exchange send(String key, Reply reply, Object body) {
        CAMEL.simulator().script(reply);
        return CAMEL.send("inlineImages=true&maxAttempts=1&storeFullResponse=true", message(key, body))
                .end();
    }

    private void holdsNoSecret() throws IOException {
        List<String> secrets = List.of(
                PROMPT,
                NEGATIVE,
                IMAGE,
                SIGNATURE,
                TestContext.KEY,
                Base64.getEncoder().encodeToString(IMAGE.getBytes(StandardCharsets.US_ASCII)));
        assertThat(LEDGER.runs().toString()).doesNotContain(secrets);
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secrets);
            }
        }
    }

    @Test
    void whateverBecomesOfTheRun() throws IOException {
        String signed = CAMEL.simulator().sampleImageUrl() + "?X-Amz-Signature=" + SIGNATURE;
        String inline = "data:image/png;base64," + Base64.getEncoder().encodeToString(photo());
        assertThat(inline).contains(Base64.getEncoder().encodeToString(IMAGE.getBytes(StandardCharsets.US_ASCII)));
        List<Object> bodies = List.of(photo(), inline, signed);
        List<Reply> replies = List.of(
                Reply.completed(),
                Reply.error(402, 2021, "No credit"),
                Reply.failed("8001", "It failed"),
                Fault.closeAfterRequest(),
                Reply.html(504));
        for (int body = 0; body < bodies.size(); body++) {
            for (int reply = 0; reply < replies.size(); reply++) {
                send(body + "-" + reply, replies.get(reply), bodies.get(body));
            }
        }
        assertThat(CAMEL.posts()).isEqualTo(15);
        assertThat(CAMEL.simulator().requests().toString()).contains(PROMPT);
        assertThat(LEDGER.runs()).hasSize(15);
        holdsNoSecret();
        LEDGER.runs("UNKNOWN")
                .forEach(run -> LEDGER.forget((String) run.get("runId")).video());
        LEDGER.ledgerIn(directory.resolve("hh1.db"));
        holdsNoSecret();
    }

    @Test
    void evenWhenTheServiceQuotesThePromptOrTheKey() throws IOException {
        String quote = "We do not like '" + PROMPT + "' nor " + NEGATIVE + " of " + TestContext.KEY;
        send("1", Reply.error(400, 7003, quote), CAMEL.simulator().sampleImageUrl());
        send("2", Reply.failed("8001", quote), CAMEL.simulator().sampleImageUrl());
        send("3", Reply.error(500, 1000, quote), CAMEL.simulator().sampleImageUrl());
        send(
                "4",
                Reply.bytes(200, "text/plain", quote.getBytes(StandardCharsets.UTF_8)),
                CAMEL.simulator().sampleImageUrl());
        assertThat(LEDGER.runs()).hasSize(4);
        holdsNoSecret();
    }

    @Test
    void evenWhenTheServiceQuotesTheImage() throws IOException {
        String image = Base64.getEncoder().encodeToString(photo());
        send("1", Reply.error(400, 7003, "Not an image: " + image), photo());
        send("2", Reply.error(500, 1000, "data:image/png;base64," + image), photo());
        assertThat(LEDGER.runs()).hasSize(2);
        assertThat(LEDGER.runs().toString()).doesNotContain(image.substring(0, 20));
        assertThat(Files.readString(directory.resolve("hh1.db-wal"), StandardCharsets.ISO_8859_1))
                .contains("Not an image")
                .doesNotContain(image.substring(0, 20));
        holdsNoSecret();
    }

    @Test
    void theLinkOfTheVideoIsStoredBecauseItMustBe() throws IOException {
        String video = CAMEL.send("", LEDGER.keyed("one")).video();
        assertThat(LEDGER.runs()).singleElement().satisfies(run -> assertThat(run)
                .containsEntry("videoUrl", video));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("hh1.db"))))
                .isEqualTo("rw-------");
    }
}
