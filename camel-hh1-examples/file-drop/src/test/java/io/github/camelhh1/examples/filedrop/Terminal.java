package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A command in a terminal of its own, as people run it: util-linux's {@code script} gives it one, and its exit status. */
final class Terminal implements AutoCloseable {
    /** Of a build that shares its machine. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Process script;
    private final Path screen;

    private Terminal(Process script, Path screen) {
        this.script = script;
        this.screen = screen;
    }

    static boolean isThere() {
        return Files.isExecutable(Path.of("/usr/bin/script"));
    }

    static Terminal run(Path directory, List<String> command) throws IOException {
        Path screen = Files.createTempFile("file-drop", ".screen");
        String line = command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" ", "exec ", ""));
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/script", "-qefc", line, "/dev/null")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(screen.toFile());
        DropProcess.forgetSettings(builder);
        builder.environment().put("SHELL", "/bin/sh");
        return new Terminal(builder.start(), screen);
    }

    /** The terminal makes a SIGINT of it, for all processes in its foreground. */
    void pressCtrlC() throws IOException {
        script.getOutputStream().write(3);
        script.getOutputStream().flush();
    }

    void awaitLine(String text) {
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(screen().contains(text) || !isBusy()).as(this::screen).isTrue();
        });
        assertThat(screen()).contains(text);
    }

    /** Whether the prompt is not back yet. */
    boolean isBusy() {
        return script.isAlive();
    }

    /** The exit status, once the prompt is back. */
    int awaitPrompt() throws InterruptedException {
        assertThat(script.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as(this::screen)
                .isTrue();
        return script.exitValue();
    }

    String screen() {
        try {
            return Files.readString(screen, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly();
        Files.deleteIfExists(screen);
    }
}
