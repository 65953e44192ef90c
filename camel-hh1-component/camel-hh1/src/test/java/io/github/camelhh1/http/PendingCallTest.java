package io.github.camelhh1.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two endings of one call, whose rooms run them in another order than they came. */
class PendingCallTest {
    private static final HttpResult.Answer PAID = new HttpResult.Answer(200, Map.of(), "a link");

    private final List<Runnable> tasks = new ArrayList<>();
    private boolean forbidden;
    private final PendingCall call =
            new PendingCall(tasks::add, () -> forbidden = true, cause -> new HttpResult.Failure(cause, true, null));

    private HttpResult endInReverse() {
        for (int i = tasks.size() - 1; i >= 0; i--) {
            tasks.get(i).run();
        }
        return call.join();
    }

    @Test
    void anAnswerThatHasArrivedIsKeptWhenTheClientIsClosed() {
        call.completed(PAID);
        call.failed(new IOException("the client was closed"));

        assertThat(endInReverse()).isSameAs(PAID);
    }

    @Test
    void anAnswerThatHasArrivedIsKeptWhenTheCallIsAbandoned() {
        call.completed(PAID);
        call.abandon(new IOException("its thread ended"));

        assertThat(endInReverse()).isSameAs(PAID);
    }

    @Test
    void anAbandonedCallForbidsItsBodyBeforeItFails() {
        call.abandon(new IOException("its thread ended"));

        assertThat(forbidden).isTrue();
        assertThat(endInReverse()).isInstanceOf(HttpResult.Failure.class);
    }
}
