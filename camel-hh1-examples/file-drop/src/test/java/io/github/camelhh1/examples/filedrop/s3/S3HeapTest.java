package io.github.camelhh1.examples.filedrop.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.simulator.Hh1Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Many calls at once, each with a 20 MB image from disk, staged in S3 by a JVM with a small heap. The long form, whose
 * figures are in the benchmarks' RESULTS.md: {@code mvn -pl camel-hh1-examples/file-drop -am test -Dtest=S3HeapTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dhh1.images=64 -Dhh1.heap=256m}
 */
class S3HeapTest {
    private static final int BYTES = 20 << 20;

    @TempDir
    private Path directory;

    @Test
    void heldImagesCostNoHeap() throws Exception {
        int images = Integer.getInteger("hh1.images", 4);
        String heap = System.getProperty("hh1.heap", "64m");
        byte[] picture = Files.readAllBytes(Path.of("src/main/resources/samples/lighthouse.png"));
        for (int i = 0; i < images; i++) {
            byte[] content = new byte[BYTES];
            new Random(i).nextBytes(content);
            System.arraycopy(picture, 0, content, 0, picture.length);
            Files.write(directory.resolve(i + ".png"), content);
        }
        try (LocalS3 s3 = LocalS3.start();
                Hh1Simulator simulator = Hh1Simulator.builder()
                        .delay(Duration.ofMillis(images > 10 ? 5_000 : 300))
                        .requireReachableImage(false)
                        .rendering(false)
                        .start();
                S3Client client = S3Clients.client(s3.settings())) {
            client.createBucket(request -> request.bucket(s3.settings().bucket()));
            String said = run(heap, s3.settings(), simulator, images);
            System.out.println("S3, " + images + " images, -Xmx" + heap + ": " + said);
            assertThat(said).startsWith("completed=" + images + " ");
            assertThat(simulator.charges()).isEqualTo(images);
            assertThat(simulator.peakInFlight()).isEqualTo(images);
            assertThat(client.listObjectsV2(request -> request.bucket("photos")).contents())
                    .isEmpty();
            assertThat(Double.parseDouble(said.replaceAll(".*heapPeakMb=", ""))).isLessThan(200);
        }
    }

    private String run(String heap, S3Settings s3, Hh1Simulator simulator, int images) throws Exception {
        Process client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        S3HeapMain.class.getName(),
                        s3.endpoint().orElseThrow().toString(),
                        s3.accessKey(),
                        s3.secretKey(),
                        simulator.baseUrl(),
                        simulator.account(),
                        simulator.apiKey(),
                        directory.toString(),
                        String.valueOf(images))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String said = new String(client.getInputStream().readAllBytes()).strip();
            assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return said;
        } finally {
            client.destroyForcibly();
        }
    }
}
