package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Amount;
import java.time.LocalDate;

/** What a run has reserved of its account's budget, until it is spent or given back. */
public record Reservation(LocalDate day, Amount amount) {}
