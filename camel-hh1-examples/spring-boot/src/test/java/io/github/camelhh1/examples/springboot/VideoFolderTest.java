package io.github.camelhh1.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoFolderTest {
    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a0000000d");

    @TempDir
    Path directory;

    @Test
    void aSlowUploadHoldsBackNoOther() throws Exception {
        var folder = new VideoFolder(directory, Duration.ofMinutes(1));
        var begun = new CompletableFuture<Void>();
        var go = new CompletableFuture<Void>();
        var slow = CompletableFuture.supplyAsync(() -> accept(folder, "slow-one", new ByteArrayInputStream(PNG) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                begun.complete(null);
                go.join();
                return super.read(buffer, offset, length);
            }
        }));
        begun.get(60, TimeUnit.SECONDS);
        var other = CompletableFuture.supplyAsync(() -> accept(folder, "quick-one", new ByteArrayInputStream(PNG)));
        try {
            assertThat(other.get(20, TimeUnit.SECONDS)).isEqualTo(VideoFolder.Accepted.NEW);
        } finally {
            go.complete(null);
        }
        assertThat(slow.get(60, TimeUnit.SECONDS)).isEqualTo(VideoFolder.Accepted.NEW);
    }

    @Test
    void aPhotoThatWasNotSentIsNotDueBeforeItsDelayIsOver() throws Exception {
        var patient = new VideoFolder(directory, Duration.ofDays(1));
        assertThat(patient.isDue("photo")).isTrue();
        patient.tryLater("photo", "over budget");
        assertThat(patient.isDue("photo")).isFalse();
        assertThat(patient.isDue("another")).isTrue();
        assertThat(patient.waitsBecause("photo")).contains("over budget");

        var impatient = new VideoFolder(directory, Duration.ZERO);
        impatient.tryLater("photo", "over budget");
        assertThat(impatient.isDue("photo")).isTrue();
        assertThat(impatient.waitsBecause("photo")).isEmpty();
    }

    private static VideoFolder.Accepted accept(VideoFolder folder, String key, InputStream photo) {
        try {
            return folder.accept(key, "", photo);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
