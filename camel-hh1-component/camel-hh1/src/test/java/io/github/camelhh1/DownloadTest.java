package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.DownloadException;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.VideoExpiredException;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import io.github.camelhh1.simulator.VideoReply;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From a photo to a file, and what becomes of it. */
class DownloadTest extends CamelTestSupport {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension();

    @TempDir
    static Path directory;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:photo")
                        .to("hh1:generate?backend=simulator&duration=3")
                        .to("hh1:download?backend=simulator")
                        .process(e -> e.setProperty("size", e.getMessage().getBody(byte[].class).length))
                        .to("file:" + directory + "?fileName=${header.CamelHh1VideoFileName}");
            }
        };
    }

    private static String kept(String more) {
        return "hh1:download?downloadDirectory=" + directory + more;
    }

    private String link() {
        return fluentTemplate
                .to("hh1:generate?backend=simulator&image="
                        + SIMULATOR.simulator().sampleImageUrl())
                .request(String.class);
    }

    private Exchange download(String uri, Object body) {
        return template.request(uri, exchange -> exchange.getMessage().setBody(body));
    }

    @Test
    void aPhotoBecomesAFileThroughTwoHops() {
        Exchange exchange = download("direct:photo", SIMULATOR.simulator().sampleImageUrl());
        assertThat(exchange.getException()).isNull();
        Path video = directory.resolve(exchange.getMessage().getHeader(Hh1Constants.VIDEO_FILE_NAME, String.class));
        assertThat(video).exists().hasFileName("sample.mp4");
        assertThat(exchange.getProperty("size", Integer.class))
                .isEqualTo((int) video.toFile().length());
    }

    @Test
    void theBodyIsAStreamOfKnownLengthThatCanBeReadTwice() throws Exception {
        Exchange exchange = download(kept("&backend=simulator"), link());
        StreamCache body = exchange.getMessage().getBody(StreamCache.class);
        byte[] once = ((InputStream) body).readAllBytes();
        body.reset();
        assertThat(((InputStream) body).readAllBytes()).isEqualTo(once).hasSize((int) body.length());
        assertThat(directory.resolve(exchange.getMessage().getHeader(Hh1Constants.VIDEO_FILE_NAME, String.class)))
                .hasBinaryContent(once);
    }

    @Test
    void aPrivateAddressIsRefusedUnlessAllowed() {
        String link = SIMULATOR.simulator().origin() + "/videos/x.mp4";
        assertThat(download(kept(""), link).getException()).isInstanceOfSatisfying(DownloadException.class, e -> {
            assertThat(e.billing()).isEqualTo(Billing.BILLED);
            assertThat(e.videoUrl()).isEqualTo(link);
            assertThat(e)
                    .hasMessageContainingAll("is billed", "allowPrivateHosts")
                    .hasNoCause();
        });
        assertThat(SIMULATOR.simulator().downloads()).isEmpty();
    }

    @Test
    void anExpiredLinkIsToldFromABrokenOne() {
        var simulator = SIMULATOR.simulator();
        simulator.scriptVideo(VideoReply.status(403), VideoReply.status(500));
        String link = simulator.origin() + "/videos/x.mp4?Expires=1700000000&Signature=secret";
        assertThat(download(kept("&allowPrivateHosts=true"), link).getException())
                .isInstanceOf(VideoExpiredException.class)
                .hasMessageNotContaining("secret");
        assertThat(download(kept("&allowPrivateHosts=true"), link).getException())
                .isInstanceOfSatisfying(
                        DownloadException.class, e -> assertThat(e.httpStatus()).isEqualTo(500))
                .hasMessageNotContaining("secret")
                .hasMessageEndingWith("do not generate again.");
    }

    @Test
    void withoutALinkNothingIsFetched() {
        assertThat(download(kept(""), "no link").getException())
                .isInstanceOfSatisfying(InvalidRequestException.class, e -> assertThat(e.violations())
                        .singleElement()
                        .asString()
                        .contains("videoUrl"));
    }

    @Test
    void inAPrivateDirectoryTheFileGoesWithTheExchange() throws Exception {
        // Not the same simulator: the context has its own, whose address is always allowed.
        assertThat(download("direct:photo", SIMULATOR.simulator().sampleImageUrl())
                        .getException())
                .isNull();
        Path privately = context.getComponent("hh1", Hh1Component.class).parts().privateDirectory();
        try (var files = Files.list(privately)) {
            assertThat(files.filter(file -> file.toString().endsWith(".mp4"))).isEmpty();
        }
    }
}
