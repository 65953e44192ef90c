package io.github.camelhh1.examples.filedrop.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.examples.filedrop.TickedClock;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.component.file.FileConsumer;
import org.apache.camel.component.file.GenericFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettledPhotosTest {
    @TempDir
    private Path root;

    private final TickedClock clock = new TickedClock();
    private final List<Path> seen = new ArrayList<>();
    private DropFolder folder;
    private Filing filing;
    private SettledPhotos settled;

    @BeforeEach
    void create() throws IOException {
        folder = new DropFolder(root);
        folder.create();
        filing = new Filing(folder);
        settled = new SettledPhotos(filing, clock, () -> Duration.ofSeconds(2), seen::add);
    }

    private boolean accepts(String name) {
        File file = folder.in().resolve(name).toFile();
        GenericFile<File> candidate = FileConsumer.asGenericFile(folder.in().toString(), file, null, false);
        return settled.accept(candidate);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.in().resolve(name), content);
    }

    @Test
    void aPhotoPassesWhenItHasBeenStillForLongEnough() throws IOException {
        write("cat.jpg", "1");

        assertThat(accepts("cat.jpg")).isFalse();
        clock.advance(Duration.ofMillis(1999));
        assertThat(accepts("cat.jpg")).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(accepts("cat.jpg")).isTrue();
        assertThat(seen).containsExactly(folder.in().resolve("cat.jpg"));
    }

    @Test
    void aGrowingPhotoWaits() throws IOException {
        String content = "1";
        write("cat.jpg", content);
        for (int i = 0; i < 5; i++) {
            assertThat(accepts("cat.jpg")).isFalse();
            clock.advance(Duration.ofSeconds(2));
            content += "1";
            write("cat.jpg", content);
        }
        assertThat(accepts("cat.jpg")).isFalse();
        clock.advance(Duration.ofSeconds(2));
        assertThat(accepts("cat.jpg")).isTrue();
    }

    @Test
    void aSidecarThatArrivesLateIsWaitedFor() throws IOException {
        write("cat.jpg", "1");
        assertThat(accepts("cat.jpg")).isFalse();
        clock.advance(Duration.ofSeconds(1));
        write("cat.txt", "words");
        clock.advance(Duration.ofSeconds(1));

        assertThat(accepts("cat.jpg")).isFalse();
    }

    @Test
    void aPhotoThatWasFiledSinceTheFolderWasListedIsNotSeenAnew() throws IOException {
        write("cat.jpg", "1");
        accepts("cat.jpg");
        Files.delete(folder.in().resolve("cat.jpg"));

        assertThat(accepts("cat.jpg")).isFalse();
        assertThat(seen).hasSize(1);
    }

    @Test
    void anEmptyPhotoPassesToo() throws IOException {
        write("cat.jpg", "");
        accepts("cat.jpg");
        clock.advance(Duration.ofSeconds(2));

        assertThat(accepts("cat.jpg")).isTrue();
    }

    @Test
    void aStuckPhotoIsLetAlone() throws IOException {
        write("cat.jpg", "1");
        accepts("cat.jpg");
        clock.advance(Duration.ofSeconds(2));
        filing.letAlone(folder.in().resolve("cat.jpg"));

        assertThat(accepts("cat.jpg")).isFalse();
    }
}
