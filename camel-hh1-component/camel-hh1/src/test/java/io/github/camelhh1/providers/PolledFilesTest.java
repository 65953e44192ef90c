package io.github.camelhh1.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Photos as file and FTP consumers deliver them: each poll finds the same file, which is the same request. */
class PolledFilesTest {
    private static final byte[] PHOTO = Images.padded(1);

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    Path folder;

    @TempDir
    Path work;

    private FtpHost host;

    enum Consumer {
        FILE {
            @Override
            String uri(PolledFilesTest test) {
                return "file:" + test.folder + "?noop=true&idempotent=false&initialDelay=0&delay=50";
            }
        },
        FTP,
        FTP_STREAMED {
            @Override
            String uri(PolledFilesTest test) {
                return test.host.uri("&streamDownload=true&stepwise=false");
            }
        },
        FTP_TO_A_LOCAL_FILE {
            @Override
            String uri(PolledFilesTest test) {
                return test.host.uri("&localWorkDirectory=" + test.work);
            }
        };

        String uri(PolledFilesTest test) {
            return test.host.uri("");
        }
    }

    @BeforeEach
    void serve() throws Exception {
        Files.write(folder.resolve("red dog.png"), PHOTO);
        host = FtpHost.of(folder);
    }

    @AfterEach
    void stop() throws Exception {
        CAMEL.context().getRouteController().stopAllRoutes();
        host.close();
    }

    @ParameterizedTest
    @EnumSource
    void thePhotoArrivesWholeAndIsPaidOnce(Consumer consumer) {
        var deliveries = new Deliveries(consumer.uri(this), "inlineImages=true&prompt=p");
        CAMEL.add(deliveries);

        await().atMost(TestContext.LIMIT).until(() -> deliveries.videos().size() >= 3);

        assertThat(CAMEL.simulator().meter()).singleElement().satisfies(charge -> assertThat(charge.image())
                .endsWith("sha256:" + Images.sha256(PHOTO)));
        assertThat(deliveries.videos().get(2))
                .containsEntry("CamelHh1Replayed", true)
                .containsEntry("CamelHh1VideoFileName", "red dog.mp4")
                .containsEntry("CamelHh1RunId", deliveries.videos().get(0).get("CamelHh1RunId"));
    }

    @ParameterizedTest
    @EnumSource
    void thePhotoStaysUsable(Consumer consumer) {
        CAMEL.simulator().script(Fault.closeAfterRequest());
        var deliveries = new Deliveries(consumer.uri(this), "inlineImages=true&prompt=p");
        CAMEL.add(deliveries);

        // The second delivery is held, which is another way to fail.
        await().atMost(TestContext.LIMIT).until(() -> deliveries.bodies().size() >= 4);

        assertThat(List.copyOf(deliveries.bodies())).containsOnly(PHOTO);
        assertThat(CAMEL.posts()).isEqualTo(1);
    }
}
