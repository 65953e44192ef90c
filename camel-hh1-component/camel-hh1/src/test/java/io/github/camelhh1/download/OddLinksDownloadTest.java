package io.github.camelhh1.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row 43: the request to a video's host when the link is not plain ASCII, or is no URI. */
class OddLinksDownloadTest {
    private static final String DECOMPOSED = "и\u0306";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    private Path directory;

    private VideoHost host;

    @BeforeEach
    void start() throws IOException {
        host = new VideoHost(DownloadSetup.VIDEO);
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
    }

    private String at(String path) {
        return "http://127.0.0.1:" + host.port() + path;
    }

    private SentMessage download(Object body) {
        return CAMEL.sendTo(
                "hh1:download?allowPrivateHosts=true&downloadDirectory=" + directory,
                exchange -> exchange.getMessage().setBody(body));
    }

    private String asked() {
        String request = host.requests.remove();
        return request.substring("GET ".length(), request.indexOf(" HTTP/1.1"));
    }

    @ParameterizedTest
    @CsvSource({
        "/видео.mp4?п=1, /%D0%B2%D0%B8%D0%B4%D0%B5%D0%BE.mp4?%D0%BF=1",
        "/a b.mp4, /a%20b.mp4",
        "'/a|{b}[c].mp4?d=|e', /a%7C%7Bb%7D%5Bc%5D.mp4?d=%7Ce",
        "/a%20b%2Fc d.mp4, /a%20b%2Fc%20d.mp4",
        "/a.mp4?b=%zz, /a.mp4?b=%25zz"
    })
    void isAskedForAsBrowsersDo(String path, String expected) {
        SentMessage sent = download(at(path));

        assertThat(sent.end().getException()).isNull();
        assertThat(asked()).isEqualTo(expected);
    }

    @Test
    void isNotNormalized() {
        assertThat(download(at("/" + DECOMPOSED + ".mp4")).end().getException()).isNull();
        assertThat(asked()).isEqualTo("/%D0%B8%CC%86.mp4");
    }

    @Test
    void staysInTheHeaderAsItWasGiven() {
        SentMessage sent = download(at("/видео.mp4"));

        assertThat(sent.end().getException()).isNull();
        assertThat(sent.end().getMessage().getHeader(Hh1Constants.VIDEO_URL)).isEqualTo(at("/видео.mp4"));
    }

    @ParameterizedTest
    @CsvSource({"/a b|.mp4, /a%20b%7C.mp4", "/Ð².mp4, /%D0%B2.mp4"})
    void isFollowedToAnOddLink(String location, String expected) {
        host.next(call -> call.head("302 Found", "Location: " + location, "Content-Length: 0"));

        assertThat(download(at("/first.mp4")).end().getException()).isNull();
        assertThat(asked()).isEqualTo("/first.mp4");
        assertThat(asked()).isEqualTo(expected);
    }
}
