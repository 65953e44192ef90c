package io.github.camelhh1.benchmarks.jvm;

import io.github.camelhh1.benchmarks.report.Figures;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A JVM of its own with a main class of this module: one line in, one line out. It ends when its input ends. */
public final class ChildJvm implements AutoCloseable {
    private static final Path LOGS = Path.of("target", "benchmarks");

    private final Process process;
    private final Writer to;
    private final BufferedReader from;

    private ChildJvm(Process process) {
        this.process = process;
        this.to = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Standard error is appended to a log in {@code target/benchmarks}. */
    public static ChildJvm start(String heap, Class<?> main, Figures settings) {
        return start(heap, main, settings, System.getProperty("java.class.path"));
    }

    public static ChildJvm start(String heap, Class<?> main, Figures settings, String classPath) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(java, "-Xmx" + heap, "-cp", classPath, main.getName(), settings.line());
        try {
            File log = Files.createDirectories(LOGS)
                    .resolve(main.getSimpleName() + ".log")
                    .toFile();
            return new ChildJvm(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line it says; no figures at all when it died or said nothing for so long, which ends it. */
    public Figures listen(Duration patience) {
        var line = CompletableFuture.supplyAsync(this::readLine);
        try {
            return Figures.parse(line.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
            return Figures.none();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public Figures ask(Figures question, Duration patience) {
        try {
            to.write(question.line() + "\n");
            to.flush();
        } catch (IOException e) {
            return Figures.none();
        }
        return listen(patience);
    }

    private String readLine() {
        try {
            String line = from.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            to.close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
