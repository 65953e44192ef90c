package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Attempt;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.RunState;
import org.jspecify.annotations.Nullable;

/** A settlement that its run does not take any more, on its way into {@code hh1_late}. One of the last two is null. */
public record Late(
        Attempt attempt,
        RunState state,
        @Nullable Completion completion,
        @Nullable Ending ending) {

    public @Nullable String videoUrl() {
        return completion != null ? completion.videoUrl() : ending == null ? null : ending.link();
    }
}
