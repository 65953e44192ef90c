package io.github.camelhh1.examples.quarkus;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(PhotoFolders.class)
class PhotoRoutesTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Inject
    Hh1Simulator service;

    @ConfigProperty(name = "photos")
    Path photos;

    @ConfigProperty(name = "videos")
    Path videos;

    @Test
    void aPhotoBecomesAVideo() throws Exception {
        int before = service.charges();

        PhotoFolders.put("horse.jpg", photos);

        await().atMost(LONG).until(() -> Files.exists(photos.resolve(".camel/horse.jpg")));
        assertEquals("ftyp", new String(Files.readAllBytes(videos.resolve("horse.mp4")), 4, 4, "ISO-8859-1"));
        assertEquals(before + 1, service.charges());
    }

    @Test
    void aPhotoThatTheServiceRefusesIsMovedAndCostsNothing() throws Exception {
        int before = service.charges();
        service.script(Reply.error(400, 5006, "The image is not allowed"));

        PhotoFolders.put("tea.webp", photos);

        await().atMost(LONG).until(() -> Files.exists(photos.resolve("failed/tea.webp")));
        assertFalse(Files.exists(videos.resolve("tea.mp4")));
        assertEquals(before, service.charges());
    }
}
