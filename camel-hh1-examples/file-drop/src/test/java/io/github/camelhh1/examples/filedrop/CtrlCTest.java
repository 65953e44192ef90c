package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in a terminal, where Ctrl+C is pressed. */
class CtrlCTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path root;

    private final Hh1Simulator simulator = Drop.simulator();
    private final CompletableFuture<Void> video = new CompletableFuture<>();
    private DropFolder folder;

    @BeforeEach
    void onePhotoIsOnItsWayAndOneWaits() throws Exception {
        assumeTrue(Terminal.isThere(), "there is no /usr/bin/script");
        folder = new DropFolder(root);
        folder.create();
        simulator.next(Reply.completed().heldUntil(video));
        Drop.put(folder, "a.png", Drop.photo("png", 0x0a0a0a));
        Drop.put(folder, "b.png", Drop.photo("png", 0x0b0b0b));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Terminal start() throws Exception {
        List<String> command = DropProcess.command(folder, simulator);
        command.add("-Dcamel.component.hh1.maxInFlight=1");
        command.add(FileDrop.class.getName());
        Terminal terminal = Terminal.run(root, command);
        await().atMost(LIMIT).until(() -> simulator.inFlight() == 1 || !terminal.isBusy());
        return terminal;
    }

    @Test
    void onceLetsTheVideosComeAndGivesThePromptBackThen() throws Exception {
        try (Terminal terminal = start()) {
            terminal.pressCtrlC();
            terminal.awaitLine("Stopping; ");
            terminal.awaitLine("Ctrl+C again ends the program at once");
            assertThat(terminal.isBusy()).isTrue();
            video.complete(null);

            assertThat(terminal.awaitPrompt()).as(terminal::screen).isZero();
        }
        assertThat(Drop.names(folder.done())).containsExactly("a.png", "b.png");
        assertThat(Drop.names(folder.failed())).isEmpty();
    }

    @Test
    void twiceEndsTheProgramAtOnceAndTheNextOneStarts() throws Exception {
        try (Terminal terminal = start()) {
            terminal.pressCtrlC();
            terminal.awaitLine("Stopping; ");
            terminal.pressCtrlC();

            assertThat(terminal.awaitPrompt()).as(terminal::screen).isEqualTo(130);
        }
        assertThat(Drop.names(folder.in())).containsExactly("a.png", "b.png");
        assertThat(Drop.names(folder.failed())).isEmpty();
        assertThat(simulator.requests()).hasSize(1);

        try (Drop next = Drop.against(simulator, root, "java")) {
            assertThat(next.awaitNote("a.error.txt")).contains("Money:         unknown");
            next.awaitFiles(folder.done(), "b.png");
        }
        assertThat(simulator.requests()).hasSize(2);
    }
}
