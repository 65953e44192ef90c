package io.github.camelhh1.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that is spoken with line by line, ends when its input ends, and can be killed. One caller at a time. */
final class ChildJvm implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String GONE = "(its output ended)";
    private static final int KILLED = 128 + 9;

    private final Process process;
    private final Path log;
    private final Writer input;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    /** And not asked for yet. */
    private final List<String> heard = new ArrayList<>();

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.input = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        Thread listener = new Thread(this::listen, "listener of " + process.pid());
        listener.setDaemon(true);
        listener.start();
    }

    /** What it writes to its standard error is added to {@code log}; {@code options} name its class path. */
    static ChildJvm start(Path log, List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m"));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(arguments);
        try {
            return new ChildJvm(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
            }
        } catch (IOException e) {
            // Killed: there is no more to hear.
        }
        said.add(GONE);
    }

    /** Waits until it says a line that begins with this word, and gives the rest of the line. */
    String await(String word) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            for (String line : heard) {
                if (line.equals(word) || line.startsWith(word + " ")) {
                    heard.remove(line);
                    return line.substring(word.length()).strip();
                }
            }
            String line = next(end - System.nanoTime());
            if (line == null || line.equals(GONE)) {
                throw new AssertionError("It never said '" + word + "' but " + heard + ". " + describe());
            }
            heard.add(line);
        }
    }

    private String next(long nanos) {
        try {
            return said.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void say(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new AssertionError("It does not listen. " + describe(), e);
        }
    }

    /** Whether it ended by itself. */
    boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL, and it was that which ended it. */
    void kill() {
        process.destroyForcibly();
        assertThat(endsWithin(PATIENCE)).as("ends when killed").isTrue();
        assertThat(process.exitValue()).as(this::describe).isEqualTo(KILLED);
    }

    /** Freezes it as it is, or lets it go on: {@code STOP} or {@code CONT}. */
    void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertThat(status).as("kill -" + name).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it as an operator does; that must be without an error. */
    void stop() {
        say("stop");
        assertThat(endsWithin(PATIENCE)).as("ends when told to").isTrue();
        assertThat(process.exitValue()).as(this::describe).isZero();
    }

    private String describe() {
        List<String> lines;
        try {
            lines = Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return process + ", its log ends:\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    /** Whatever state it is in. */
    @Override
    public void close() {
        process.destroyForcibly();
        endsWithin(PATIENCE);
    }
}
