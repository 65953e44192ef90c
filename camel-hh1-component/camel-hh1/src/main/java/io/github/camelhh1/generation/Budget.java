package io.github.camelhh1.generation;

import io.github.camelhh1.ledger.Amount.Caps;

/** What may be spent in a day, and at what prices it is counted. */
public record Budget(Caps caps, Prices prices) {}
