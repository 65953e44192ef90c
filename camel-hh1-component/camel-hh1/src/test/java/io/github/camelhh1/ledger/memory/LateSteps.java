package io.github.camelhh1.ledger.memory;

import io.github.camelhh1.ledger.LedgerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Statements some of which fail, lose their answer, take effect some steps later, or twice; as a seed decides. */
public final class LateSteps implements StatementFaults {
    private static final int LATEST = 6;

    private record Pending(int step, Supplier<?> effect) {}

    private final Random random;
    private final List<Pending> pending = new ArrayList<>();
    private int step;

    public LateSteps(long seed) {
        this.random = new Random(seed);
    }

    /** Steps that are due take effect. */
    public void next() {
        step++;
        List<Pending> due = pending.stream().filter(late -> late.step() <= step).toList();
        pending.removeAll(due);
        due.forEach(late -> late.effect().get());
    }

    private void later(Supplier<?> effect) {
        pending.add(new Pending(step + 1 + random.nextInt(LATEST), effect));
    }

    @Override
    public <T> T write(String name, Supplier<T> effect) {
        switch (random.nextInt(12)) {
            case 0 -> throw new LedgerException(name + " failed", null);
            case 1 -> {
                effect.get();
                throw new LedgerException(name + " was done, and its answer was lost", null);
            }
            case 2, 3 -> {
                later(effect);
                throw new LedgerException(name + " comes late", null);
            }
            case 4 -> {
                later(effect);
                return effect.get();
            }
            default -> {
                return effect.get();
            }
        }
    }

    @Override
    public <T> T read(String name, Supplier<T> effect) {
        return effect.get();
    }
}
