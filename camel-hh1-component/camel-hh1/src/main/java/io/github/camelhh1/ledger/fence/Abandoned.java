package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Ending;

/** How a run ended whose owner lives no more. */
public final class Abandoned {
    public static final Ending ENDING =
            Ending.of("the process that sent it ended, or was cut off, before its outcome was known");

    private Abandoned() {}
}
