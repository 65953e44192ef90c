package io.github.camelhh1.simulator;

import io.github.camelhh1.simulator.film.VideoStore;
import io.github.camelhh1.simulator.gateway.Gateway;
import io.github.camelhh1.simulator.pictures.ImageCheck;
import io.github.camelhh1.simulator.pictures.ImageHost;
import io.github.camelhh1.simulator.pictures.PictureStore;
import io.github.camelhh1.simulator.wire.EventLoop;
import io.github.camelhh1.simulator.wire.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a running simulator, put together and taken apart. */
final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    final Script script = new Script();
    final ImageHost images = new ImageHost();
    final Gateway gateway;
    final RunApi runs;
    final TaskApi tasks;
    final ImageCheck imageCheck;
    final Server server;
    final Server imageServer;
    private final Meter meter;
    private final Path directory;
    private final EventLoop loop;
    private final VideoStore videos;
    private final AtomicBoolean closed = new AtomicBoolean();

    Engine(Settings settings) {
        try {
            directory = Files.createTempDirectory("hh1-simulator-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        loop = EventLoop.start("net");
        videos = new VideoStore(directory, settings.rendering(), settings.clock(), settings.linkLifetime());
        meter = new Meter(settings.clock());
        PictureStore pictures = new PictureStore(directory);
        imageCheck = new ImageCheck(pictures, settings.requireReachableImage());
        gateway = new Gateway(Settings.API + "/accounts/" + settings.account(), settings.apiKey(), settings.clock());
        runs = new RunApi(settings, loop, pictures, imageCheck, videos, script, meter, gateway);
        tasks = new TaskApi(settings, loop, pictures, imageCheck, videos, script, meter);
        Router router = new Router(runs, tasks, gateway, new Downloads(loop, videos, script), script, meter);
        server = Server.listen(loop, router, settings.port());
        imageServer = Server.listen(loop, images, 0);
    }

    /** The charges so far, including those of tasks that ended and were not asked for since. */
    Meter meter() {
        tasks.board().advance();
        return meter;
    }

    void acceptOnly(String apiKey) {
        runs.acceptOnly(apiKey);
        tasks.acceptOnly(apiKey);
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        for (Server each : List.of(server, imageServer)) {
            each.refuseConnections();
            each.resetConnections();
        }
        loop.close();
        imageCheck.close();
        videos.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.debug("Files of the simulator stay behind in {}", directory, e);
        }
    }
}
