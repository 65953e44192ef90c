package io.github.camelhh1.ledger;

import java.time.LocalDate;

/** What a run has reserved of its account's budget, until it is spent or given back. */
record Reservation(LocalDate day, Amount amount) {}
