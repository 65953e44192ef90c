package io.github.camelhh1.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SimulatorFaultsTest {
    private static final int A_SHORT_WHILE = 150;

    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension();

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final RunClient client = new RunClient(simulator);
    private final String input = "{\"image\":\"" + simulator.sampleImageUrl() + "\"}";

    @Test
    void connectionsAreRefusedUntilTheyAreNot() throws Exception {
        simulator.refuseConnections();

        assertThatThrownBy(() -> client.run(input)).isInstanceOf(ConnectException.class);
        simulator.acceptConnections();
        assertThat(client.run(input).statusCode()).isEqualTo(200);
    }

    @Test
    void aConnectionIsResetBeforeAnythingIsSaid() throws Exception {
        simulator.script(Fault.resetOnConnect());

        try (RawClient raw = new RawClient(simulator)) {
            assertThatThrownBy(raw::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
        assertNothingArrived();
    }

    @Test
    void aRequestIsMetByAReset() throws Exception {
        simulator.script(Fault.resetBeforeReading());

        try (RawClient raw = new RawClient(simulator)) {
            raw.sendRun(input);
            assertThatThrownBy(raw::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
        assertNothingArrived();
    }

    @Test
    void aConnectionThatWasUsedBeforeIsReset() throws Exception {
        try (RawClient raw = new RawClient(simulator)) {
            raw.sendRun(input);
            assertThat(raw.read(17)).isEqualTo("HTTP/1.1 200 Simu");
            Awaitility.await().until(() -> simulator.inFlight() == 0);
            simulator.script(Fault.resetBeforeReading());
            raw.sendRun(input);
            assertThatThrownBy(() -> raw.read(10_000)).isInstanceOf(SocketException.class);
        }
        assertThat(simulator.requests()).hasSize(1);
    }

    @Test
    void anUploadIsCutInTheMiddle() throws Exception {
        simulator.script(Fault.resetInUpload(100_000));
        byte[] half = "x".repeat(150_000).getBytes(StandardCharsets.UTF_8);

        try (RawClient raw = new RawClient(simulator)) {
            raw.send(raw.head(300_000));
            assertThatThrownBy(() -> {
                        raw.send(new String(half, StandardCharsets.UTF_8));
                        raw.read();
                    })
                    .isInstanceOfAny(SocketException.class, UncheckedIOException.class);
        }
        assertThat(simulator.requests()).hasSize(1).noneMatch(ReceivedRequest::complete);
        assertThat(simulator.requests().get(0).bodyBytes()).isBetween(100_000L, 170_000L);
        assertThat(simulator.charges()).isZero();
        assertThat(simulator.inFlight()).isZero();
    }

    @Test
    void nothingIsEverRead() throws Exception {
        simulator.script(Fault.neverReads());

        try (RawClient raw = new RawClient(simulator)) {
            raw.sendRun(input);
            assertSilent(raw);
        }
        assertNothingArrived();
    }

    @Test
    void theWholeRequestIsReadAndThenTheConnectionReset() throws Exception {
        simulator.script(Fault.resetAfterRequest());

        try (RawClient raw = new RawClient(simulator)) {
            raw.sendRun(input);
            assertThatThrownBy(raw::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
        assertPaidOnce();
    }

    @Test
    void theWholeRequestIsReadAndThenTheConnectionClosed() throws Exception {
        simulator.script(Fault.closeAfterRequest());

        try (RawClient raw = new RawClient(simulator)) {
            raw.sendRun(input);
            assertThat(raw.read()).isEqualTo(-1);
        }
        assertPaidOnce();
    }

    @Test
    void theWholeRequestIsReadAndThenNothingHappens() throws Exception {
        simulator.script(Fault.silence());

        try (RawClient raw = new RawClient(simulator)) {
            raw.sendRun(input);
            assertPaidOnce();
            assertSilent(raw);
            assertThat(simulator.inFlight()).isEqualTo(1);
        }
        assertPaidOnce();
        Awaitility.await().until(() -> simulator.connections() == 0);
        assertThat(simulator.abandoned()).isEqualTo(1);
    }

    @Test
    void theBodyNeverComes() throws Exception {
        simulator.script(Fault.stallAfterHeaders());

        try (RawClient raw = new RawClient(simulator)) {
            raw.sendRun(input);
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) raw.read());
            }
            assertThat(head).contains("Content-Length: ");
            assertSilent(raw);
        }
        assertPaidOnce();
    }

    @Test
    void theHeadersNeverEnd() throws Exception {
        simulator.script(Fault.endlessHeaders());

        try (RawClient raw = new RawClient(simulator)) {
            raw.sendRun(input);
            assertThat(raw.read(20_000)).hasSize(20_000).doesNotContain("\r\n\r\n");
        }
        assertPaidOnce();
        Awaitility.await().until(() -> simulator.connections() == 0);
    }

    @Test
    void oneHeaderIsHuge() throws Exception {
        simulator.script(Fault.hugeHeader());

        try (RawClient raw = new RawClient(simulator)) {
            raw.sendRun(input);
            assertThat(raw.read(2_000_000)).hasSize(2_000_000).contains("X-Huge: xxx");
        }
        assertPaidOnce();
    }

    @Test
    void theBodyIsCut() {
        simulator.script(Reply.completed().cutAfter(10));

        assertThatThrownBy(() -> client.run(input)).isInstanceOf(IOException.class);
        assertPaidOnce();
    }

    @Test
    void theBodyStalls() throws Exception {
        simulator.script(Reply.completed().stallingAfter(10));

        try (RawClient raw = new RawClient(simulator)) {
            raw.sendRun(input);
            StringBuilder answer = new StringBuilder();
            while (!answer.toString().endsWith("\r\n\r\n")) {
                answer.append((char) raw.read());
            }
            assertThat(raw.read(10)).hasSize(10);
            assertSilent(raw);
        }
        assertPaidOnce();
    }

    @Test
    void whoeverSpeaksAnotherLanguageIsHungUpOn() throws Exception {
        try (RawClient raw = new RawClient(simulator)) {
            raw.send("\u0016\u0003\u0001 hello\r\n\r\n");
            assertThat(raw.read()).isEqualTo(-1);
        }
        assertThat(client.run(input).statusCode()).isEqualTo(200);
    }

    @Test
    void aScriptIsKeptForTheNextValidRequest() throws Exception {
        simulator.script(Fault.closeAfterRequest());

        assertThat(client.run("{}").statusCode()).isEqualTo(400);
        assertThatThrownBy(() -> client.run(input)).isInstanceOf(IOException.class);
        assertPaidOnce();
    }

    private void assertSilent(RawClient raw) throws IOException {
        raw.patience(A_SHORT_WHILE);
        assertThatThrownBy(raw::read).isInstanceOf(SocketTimeoutException.class);
    }

    private void assertNothingArrived() {
        assertThat(simulator.requests()).isEmpty();
        assertThat(simulator.charges()).isZero();
    }

    /** The charge comes when the image was fetched, which a client that hears nothing cannot know. */
    private void assertPaidOnce() {
        Awaitility.await().untilAsserted(() -> assertThat(simulator.charges()).isEqualTo(1));
    }
}
