package io.github.camelhh1.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Photos that are uploaded over HTTP: as the body, as a stream, and as the file of a form. */
class UploadsTest {
    private static final byte[] PHOTO = Images.padded(1);
    private static final String BOUNDARY = "----photo";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private VertxPlatformHttpServer server;

    @BeforeEach
    void listen() throws Exception {
        var configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost("127.0.0.1");
        configuration.setBindPort(0);
        server = new VertxPlatformHttpServer(configuration);
        CAMEL.context().addService(server);
    }

    /** The answer may be there a moment before its exchange ends. */
    @AfterEach
    void end() {
        await().until(() -> CAMEL.context().getInflightRepository().size() == 0);
    }

    private HttpResponse<String> upload(String form) throws Exception {
        boolean multipart = form.equals("multipart");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getServer().actualPort() + "/photo"))
                .header("Content-Type", multipart ? "multipart/form-data; boundary=" + BOUNDARY : "image/png")
                .POST(BodyPublishers.ofByteArray(multipart ? multipart() : PHOTO))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static byte[] multipart() throws IOException {
        var body = new ByteArrayOutputStream();
        body.write(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"red dog.png\"\r\n"
                        + "Content-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        body.write(PHOTO);
        body.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private static Deliveries route(String uri) {
        var deliveries = new Deliveries(uri, "inlineImages=true&prompt=p");
        CAMEL.add(deliveries);
        return deliveries;
    }

    @ParameterizedTest
    @CsvSource({"raw, ''", "raw, ?useStreaming=true", "multipart, ''"})
    void thePhotoArrivesWholeAndTheAnswerIsItsVideo(String form, String options) throws Exception {
        Deliveries deliveries = route("platform-http:/photo" + options);

        HttpResponse<String> answer = upload(form);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith(CAMEL.simulator().origin());
        assertThat(CAMEL.simulator().meter()).singleElement().satisfies(charge -> assertThat(charge.image())
                .endsWith("sha256:" + Images.sha256(PHOTO)));
        if (form.equals("multipart")) {
            assertThat(deliveries.videos().get(0)).containsEntry("CamelHh1VideoFileName", "red dog.mp4");
        }
    }

    @ParameterizedTest
    @CsvSource({"raw, ''", "raw, ?useStreaming=true", "multipart, ''"})
    void thePhotoStaysUsable(String form, String options) throws Exception {
        CAMEL.simulator().script(Fault.closeAfterRequest());
        Deliveries deliveries = route("platform-http:/photo" + options);

        upload(form);

        assertThat(deliveries.bodies()).containsExactly(PHOTO, PHOTO);
    }

    @ParameterizedTest
    @CsvSource({"raw", "multipart"})
    void anUploadThatIsSentAgainIsAnotherRequest(String form) throws Exception {
        route("platform-http:/photo");

        upload(form);
        upload(form);

        assertThat(CAMEL.simulator().charges()).isEqualTo(2);
    }
}
