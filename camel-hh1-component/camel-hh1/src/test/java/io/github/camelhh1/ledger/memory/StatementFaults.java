package io.github.camelhh1.ledger.memory;

import java.util.function.Supplier;

/** Decides what becomes of each statement that a session gives its database. */
public interface StatementFaults {

    /** Of a statement that changes something: it may throw, and may take effect now, later, twice or never. */
    <T> T write(String name, Supplier<T> effect);

    /** Of a statement that only reads. */
    <T> T read(String name, Supplier<T> effect);
}
