package io.github.camelhh1.ledger;

import org.jspecify.annotations.Nullable;

/** A settlement that its run does not take any more, on its way into {@code hh1_late}. One of the last two is null. */
record Late(
        Attempt attempt,
        RunState state,
        @Nullable Completion completion,
        @Nullable Ending ending) {}
