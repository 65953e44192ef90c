package io.github.camelhh1.image.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.preflight.Preflight.Verdict;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** After any failure of a decoder, the message that waits for it ends. */
class ImageIoFixerTest {
    private static CompletionStage<Verdict> fix(Supplier<Path> directory) {
        return new ImageIoFixer(1_000_000, directory, Runnable::run, Runnable::run).fix(ImageContent.of(Images.png()));
    }

    @Test
    void anErrorEndsTheFix() {
        CompletionStage<Verdict> fix = fix(() -> {
            throw new StackOverflowError("a decoder without end");
        });

        assertThat(fix.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void anExceptionRefusesTheImage() {
        CompletionStage<Verdict> fix = fix(() -> {
            throw new IllegalStateException("not today");
        });

        assertThat(fix.toCompletableFuture().join())
                .isInstanceOfSatisfying(Verdict.Refused.class, refused -> assertThat(refused.violations())
                        .singleElement()
                        .asString()
                        .contains("not today", "save it anew"));
    }
}
