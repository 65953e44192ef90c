package io.github.camelhh1.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A request may come in any way that HTTP/1.1 allows. */
class SimulatorTransportTest {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension();

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final RunClient client = new RunClient(simulator);
    private final String input = "{\"image\":\"" + simulator.sampleImageUrl() + "\"}";

    @Test
    void inChunks() throws Exception {
        byte[] body = RunClient.body(input).getBytes(StandardCharsets.UTF_8);
        HttpRequest plain = client.request("");
        HttpRequest chunked = HttpRequest.newBuilder(plain, (name, value) -> true)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();

        assertThat(client.send(chunked).statusCode()).isEqualTo(200);
        assertThat(simulator.requests().get(0).header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(simulator.requests().get(0).bodyBytes()).isEqualTo(body.length);
    }

    @Test
    void afterAskingWhetherItMay() throws Exception {
        HttpRequest polite = HttpRequest.newBuilder(client.request(RunClient.body(input)), (name, value) -> true)
                .expectContinue(true)
                .build();

        assertThat(client.send(polite).statusCode()).isEqualTo(200);
    }

    @Test
    void byteByByte() throws Exception {
        String body = RunClient.body(input);
        try (RawClient raw = new RawClient(simulator)) {
            for (char c : (raw.head(body.length()) + body).toCharArray()) {
                raw.send(String.valueOf(c));
            }
            assertThat(statusOf(raw)).isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void oneUponTheOther() throws Exception {
        String body = RunClient.body(input);
        try (RawClient raw = new RawClient(simulator)) {
            String request = raw.head(body.length()) + body;
            raw.send(request + request + request);
            for (int i = 0; i < 3; i++) {
                assertThat(statusOf(raw)).isEqualTo("HTTP/1.1 200");
                skipAnswer(raw);
            }
        }
        assertThat(simulator.charges()).isEqualTo(3);
    }

    @Test
    void orForSomethingThatIsNotThere() throws Exception {
        HttpResponse<byte[]> answer = client.get(simulator.origin() + "/elsewhere");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(simulator.requests()).isEmpty();
    }

    private static String statusOf(RawClient raw) throws IOException {
        return raw.read("HTTP/1.1 200".length());
    }

    private static void skipAnswer(RawClient raw) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) raw.read());
        }
        String length = head.substring(head.indexOf("Content-Length: ") + "Content-Length: ".length())
                .strip();
        raw.read(Integer.parseInt(length));
    }
}
