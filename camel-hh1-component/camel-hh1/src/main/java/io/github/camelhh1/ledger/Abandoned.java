package io.github.camelhh1.ledger;

/** How a run ended whose owner lives no more. */
final class Abandoned {
    static final Ending ENDING =
            Ending.of("the process that sent it ended, or was cut off, before its outcome was known");

    private Abandoned() {}
}
