package io.github.camelhh1.benchmarks.measured;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Downloads with curl, in a process of its own. */
public enum Curl {
    ALONE("curl", "exec curl -sS --fail -o \"$1\" \"$0\""),
    /** The further work of {@code hh1:download}: a sync and a hash of the file. */
    SYNCED_AND_HASHED(
            "curl, then sync and openssl sha256",
            ALONE.script.replace("exec ", "") + " && sync \"$1\" && openssl dgst -sha256 \"$1\" > /dev/null");

    private final String title;
    private final String script;

    Curl(String title, String script) {
        this.title = title;
        this.script = script;
    }

    String title() {
        return title;
    }

    static boolean isThere() {
        return run(List.of("sh", "-c", "command -v curl && command -v openssl")) == 0;
    }

    /** Seconds, with the beginning and the end of the process. */
    double seconds(String link, Path file) {
        long began = System.nanoTime();
        int status = run(List.of("sh", "-c", script, link, file.toString()));
        double seconds = (System.nanoTime() - began) / 1e9;
        if (status != 0) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "%s ended with status %d after %.1f s", title, status, seconds));
        }
        return seconds;
    }

    private static int run(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
