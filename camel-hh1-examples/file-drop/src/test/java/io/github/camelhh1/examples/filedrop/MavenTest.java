package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's {@code mvn -q -Pdemo} in a terminal, on a copy of the sources. */
@Tag("crash")
class MavenTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    private static Path sources;

    @TempDir
    private Path root;

    @BeforeAll
    static void copySources() throws IOException {
        assumeTrue(Terminal.isThere(), "there is no /usr/bin/script");
        Maven.copyProject(sources);
    }

    private static Terminal demo(List<String> settings) throws IOException {
        List<String> command = Maven.command("-q", "-Pdemo");
        command.addAll(settings);
        return Terminal.run(sources, command);
    }

    @Test
    void aSettingReachesThePhotosAndTheirFailureTheShell() throws Exception {
        try (Terminal terminal = demo(List.of("-Ddrop.duration=99"))) {
            assertThat(terminal.awaitPrompt()).as(terminal::screen).isEqualTo(1);
            assertThat(terminal.screen()).contains("duration: 99", "1 done", "2 failed");
        }
    }

    @Test
    void aProgramThatCannotStartEndsWithTwo() throws Exception {
        try (Terminal terminal = demo(List.of("-Ddrop.routes=none"))) {
            assertThat(terminal.awaitPrompt()).as(terminal::screen).isEqualTo(2);
        }
    }

    @Test
    void ctrlCGivesThePromptBackAfterTheLastVideoAndAnotherStartWorks() throws Exception {
        DropFolder folder = new DropFolder(root);
        folder.create();
        Drop.put(folder, "a.png", Drop.photo("png", 0x0c0c0c));
        Drop.put(folder, "b.png", Drop.photo("png", 0x0d0d0d));
        CompletableFuture<Void> video = new CompletableFuture<>();
        try (Hh1Simulator simulator = Drop.simulator()) {
            simulator.next(Reply.completed().heldUntil(video));
            List<String> settings =
                    new ArrayList<>(List.of("-Ddrop.dir=" + root, "-Dcamel.component.hh1.maxInFlight=1"));
            Drop.scripted(simulator).forEach((name, value) -> settings.add("-D" + name + "=" + value));
            try (Terminal terminal = demo(settings)) {
                await().atMost(LIMIT).until(() -> simulator.inFlight() == 1 || !terminal.isBusy());
                terminal.pressCtrlC();
                terminal.awaitLine("Ctrl+C again ends the program at once");
                assertThat(terminal.isBusy()).isTrue();
                video.complete(null);

                assertThat(terminal.awaitPrompt()).as(terminal::screen).isZero();
            }
            assertThat(Drop.names(folder.done())).containsExactly("a.png", "b.png");

            Drop.put(folder, "c.png", Drop.photo("png", 0x0e0e0e));
            try (Terminal next = demo(settings)) {
                next.awaitLine("c.png             done");
            }
        }
        assertThat(Drop.names(folder.failed())).isEmpty();
    }
}
