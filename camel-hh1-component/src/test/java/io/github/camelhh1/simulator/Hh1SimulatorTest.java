package io.github.camelhh1.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class Hh1SimulatorTest {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension();

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final RunClient client = new RunClient(simulator);

    @Test
    void answersWithAVideoThatCanBeDownloaded() throws Exception {
        HttpResponse<String> answer =
                client.run("{\"image\":\"" + simulator.sampleImageUrl() + "\",\"prompt\":\"run\",\"duration\":3}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(simulator.charges()).isEqualTo(1);
        assertThat(simulator.charges("run")).isEqualTo(1);
        HttpResponse<byte[]> video = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(RunClient.videoUrl(answer)))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(video.statusCode()).isEqualTo(200);
        assertThat(new String(video.body(), 4, 4, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("ftyp");
    }
}
