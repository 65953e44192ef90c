package io.github.camelhh1.examples.filedrop.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.examples.filedrop.TickedClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final TickedClock clock = new TickedClock();
    private final Progress progress = new Progress(new Console(new PrintStream(terminal, true)), clock);

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advance(Duration.ofSeconds(1));
            progress.tick();
        }
    }

    private Stream<String> said() {
        return terminal.toString(StandardCharsets.UTF_8).lines().map(line -> line.substring(10));
    }

    @Test
    void longStepsSpeakLessAndLess() {
        progress.sending("cat.jpg");
        pass(25);

        assertThat(said())
                .containsExactly(
                        "cat.jpg           sending",
                        "cat.jpg           generating 2 s",
                        "cat.jpg           generating 5 s",
                        "cat.jpg           generating 10 s",
                        "cat.jpg           generating 20 s");
    }

    @Test
    void aLateTickIsNotMadeUpFor() {
        progress.sending("cat.jpg");
        clock.advance(Duration.ofSeconds(33));
        progress.tick();
        progress.tick();

        assertThat(said()).containsExactly("cat.jpg           sending", "cat.jpg           generating 33 s");
    }

    @Test
    void downloadsTellHowFarTheyAre() {
        progress.sending("cat.jpg");
        progress.downloading("cat.jpg", "generated, downloading", () -> "40 %");
        pass(2);

        assertThat(said()).endsWith("cat.jpg           downloading 40 %");
    }

    @Test
    void whatIsThroughIsSilent() {
        progress.sending("cat.jpg");
        progress.sending("dog.jpg");
        clock.advance(Duration.ofSeconds(3));
        progress.done("cat.jpg", "out/cat.mp4");
        progress.failed("dog.jpg", "refused");
        pass(60);

        assertThat(said())
                .endsWith("cat.jpg           done out/cat.mp4 in 3 s", "dog.jpg           failed refused")
                .hasSize(4);
        assertThat(progress.doneCount()).isEqualTo(1);
        assertThat(progress.failedCount()).isEqualTo(1);
        assertThat(progress.activeCount()).isZero();
    }

    @Test
    void aNameCannotFakeALine() {
        progress.waiting("a\n12:00:00  b.jpg\u001b[31m");

        assertThat(terminal.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
        assertThat(terminal.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b");
    }
}
