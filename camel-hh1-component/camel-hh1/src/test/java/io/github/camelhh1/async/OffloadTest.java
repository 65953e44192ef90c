package io.github.camelhh1.async;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class OffloadTest {
    private static final Executor HERE = Runnable::run;

    @Test
    void tellsItsCallerOfAnErrorAsItIs() {
        assertThatThrownBy(() -> Offload.await(HERE, () -> {
                    throw new UnsatisfiedLinkError("no library of the driver");
                }))
                .isExactlyInstanceOf(UnsatisfiedLinkError.class)
                .hasMessage("no library of the driver");
    }
}
