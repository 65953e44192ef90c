package io.github.camelhh1.simulation;

import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.memory.StatementFaults;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** Statements that the test names are given up by their client, and take effect when the test says so. */
public final class HeldStatements implements StatementFaults {
    private final Deque<String> toHold = new ArrayDeque<>();
    private final List<Supplier<?>> held = new ArrayList<>();

    /** The next statement of this name: insert, Sent, Unsent, Release, Complete, Unknown, reserve. */
    public void hold(String name) {
        toHold.add(name);
    }

    /** All that was held takes effect now. */
    public void arrive() {
        held.forEach(Supplier::get);
        held.clear();
    }

    @Override
    public <T> T write(String name, Supplier<T> effect) {
        if (name.equals(toHold.peek())) {
            toHold.remove();
            held.add(effect);
            throw new LedgerException(name + " was not answered in time", null);
        }
        return effect.get();
    }

    @Override
    public <T> T read(String name, Supplier<T> effect) {
        return effect.get();
    }
}
