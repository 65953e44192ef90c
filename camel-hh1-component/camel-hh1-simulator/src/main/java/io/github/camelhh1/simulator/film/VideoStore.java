package io.github.camelhh1.simulator.film;

import io.github.camelhh1.simulator.wire.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The videos that links were given out for. A video is made when it is first asked for, on one thread of its own: most
 * tests never look at it.
 */
public final class VideoStore implements AutoCloseable {

    /** A link that was given out, and its scene. */
    public record Link(String id, Scene scene, long expires) {
        /** The part after the host. */
        public String target() {
            return "/videos/" + id + ".mp4?Expires=" + expires;
        }
    }

    private final Path directory;
    private final Filmmaker filmmaker;
    private final Clock clock;
    private final Duration lifetime;
    private final Map<String, Link> links = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Path>> videos = new ConcurrentHashMap<>();
    private final ExecutorService camera = Executors.newSingleThreadExecutor(new DaemonThreads("film"));

    public VideoStore(Path directory, boolean rendering, Clock clock, Duration lifetime) {
        this.directory = directory;
        this.filmmaker = rendering ? BestFilmmaker.best() : Filmmaker.builtIn();
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** Gives out a link to a video of the scene. */
    public Link issue(Scene scene) {
        return issue(scene, clock.instant());
    }

    /** Gives out a link to a video that was made at this time. */
    public Link issue(Scene scene, Instant made) {
        Instant expires = made.plus(lifetime);
        Link link = new Link(UUID.randomUUID().toString(), scene, expires.getEpochSecond());
        links.put(link.id(), link);
        return link;
    }

    /** The link of this id, if one was given out. */
    public @Nullable Link find(String id) {
        return links.get(id);
    }

    public boolean expired(Link link) {
        return clock.instant().getEpochSecond() >= link.expires();
    }

    /** The video as a file, made now unless it was before. */
    public CompletionStage<Path> video(Link link) {
        return videos.computeIfAbsent(
                link.scene().key(), key -> CompletableFuture.supplyAsync(() -> film(link.scene(), key), camera));
    }

    @Override
    public void close() {
        DaemonThreads.end(camera);
    }

    private Path film(Scene scene, String key) {
        Path video = directory.resolve(key + ".mp4");
        try {
            Files.deleteIfExists(video);
            filmmaker.film(scene, video);
            return video;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
