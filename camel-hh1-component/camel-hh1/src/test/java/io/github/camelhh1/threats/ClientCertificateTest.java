package io.github.camelhh1.threats;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.fixture.Certificates;
import io.github.camelhh1.fixture.CountingProxy;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.TestContext;
import java.net.URI;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The certificate of {@code sslContextParameters} names its owner: the service may know it, hosts of links may not. */
class ClientCertificateTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    static Path directory;

    static Certificates certificates;

    /** The subjects of certificates that clients have shown. */
    private final Queue<String> shown = new ConcurrentLinkedQueue<>();

    private CountingProxy front;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates(directory);
    }

    @BeforeEach
    void haveACertificate() throws Exception {
        var trustAndKey = certificates.trustAndKey("good");
        CAMEL.restart(component -> component.setSslContextParameters(trustAndKey));
    }

    @AfterEach
    void close() throws Exception {
        front.close();
    }

    /** The same URL behind TLS that asks for certificates. */
    private String asking(String url) throws Exception {
        String origin = URI.create(url).resolve("/").toString();
        front = CountingProxy.of(certificates.asking("good", shown), origin);
        return url.replace(origin, front.origin("https") + "/");
    }

    @Test
    void isShownToTheService() throws Exception {
        assertThat(CAMEL.send("baseUrl=" + asking(CAMEL.simulator().baseUrl())).video())
                .isNotEmpty();

        assertThat(shown).containsOnly("CN=good");
    }

    @Test
    void isNotShownToAVideosHost() throws Exception {
        String link = asking(CAMEL.send("").video());
        var download = CAMEL.sendTo("hh1:download?allowPrivateHosts=true", exchange -> exchange.getMessage()
                .setBody(link));

        assertThat(download.end().getException()).isNull();
        assertThat(front.accepted()).isPositive();
        assertThat(shown).isEmpty();
    }

    @Test
    void isNotShownToAnImagesHost() throws Exception {
        String link = asking(CAMEL.simulator().serve("picture", Images.png()));
        String options = "allowPrivateHosts=true&preflightUrls=true&preflight=fail";

        // It was looked at and is sent; the simulator does not know the authority and cannot fetch it.
        CAMEL.send(options, exchange -> exchange.getMessage().setBody(link)).failure(RejectedException.class);
        assertThat(front.accepted()).isPositive();
        assertThat(shown).isEmpty();
    }
}
