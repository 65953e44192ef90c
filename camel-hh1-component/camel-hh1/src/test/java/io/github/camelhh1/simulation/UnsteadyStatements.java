package io.github.camelhh1.simulation;

import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.memory.StatementFaults;
import io.github.camelhh1.simulation.VirtualWorld.Life;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A database that fails now and then: before a statement takes effect, after it, or so that it takes effect late, and
 * now and then twice. And a process may be struck, killed or paused, right before or right after a statement.
 */
final class UnsteadyStatements implements StatementFaults {
    /** Longer than a lease. */
    private static final Duration LATEST = Duration.ofSeconds(90);

    private static final Set<String> OF_OWNERS = Set.of("insert owner", "renew", "end", "bury");

    private final VirtualWorld world;
    private final Random random;
    private final Life life;

    /** Of a hundred statements, until they are steady. */
    private int lateOfAHundred;

    private int failuresOfAHundred;
    private int failures;
    private int burials;
    private int callsUntilStruck;
    private Runnable strike = () -> {};

    UnsteadyStatements(VirtualWorld world, Random random, Life life, int lateOfAHundred) {
        this.world = world;
        this.random = random;
        this.life = life;
        this.lateOfAHundred = lateOfAHundred;
    }

    /** Statements that have failed. */
    int failures() {
        return failures;
    }

    /** How often this owner found itself buried. */
    int burials() {
        return burials;
    }

    void failFor(Duration time, int ofAHundred) {
        failuresOfAHundred = ofAHundred;
        world.after(time, null, () -> failuresOfAHundred = 0);
    }

    /** The process is struck at one of its next statements. */
    void strikeSoon(Runnable action) {
        callsUntilStruck = 1 + random.nextInt(30);
        strike = action;
    }

    /** From now on each takes effect at once, and no process is struck. Those that are late still come. */
    void becomeSteady() {
        lateOfAHundred = 0;
        failuresOfAHundred = 0;
        callsUntilStruck = 0;
    }

    @Override
    public <T> T read(String name, Supplier<T> effect) {
        living();
        if (fails()) {
            throw new LedgerException(name + " failed", null);
        }
        return effect.get();
    }

    @Override
    public <T> T write(String name, Supplier<T> statement) {
        living();
        Supplier<T> effect = OF_OWNERS.contains(name) ? statement : () -> world.changing(statement);
        burials += name.equals("insert owner") ? 1 : 0;
        boolean struck = --callsUntilStruck == 0;
        if (struck && random.nextBoolean()) {
            strike.run();
            living();
        }
        T result = failing(name, effect);
        if (struck) {
            strike.run();
            living();
        }
        return result;
    }

    private <T> T failing(String name, Supplier<T> effect) {
        if (random.nextInt(100) < lateOfAHundred) {
            failures++;
            late(effect);
            throw new LedgerException(name + " takes effect late", null);
        }
        boolean fails = fails();
        if (!fails) {
            T result = effect.get();
            if (failuresOfAHundred > 0 && random.nextInt(10) == 0) {
                late(effect);
            }
            return result;
        }
        switch (random.nextInt(4)) {
            case 0 -> throw new LedgerException(name + " failed", null);
            case 1 -> {
                effect.get();
                throw new LedgerException(name + " failed after it took effect", null);
            }
            case 2 -> {
                effect.get();
                late(effect);
                throw new LedgerException(name + " takes effect twice", null);
            }
            default -> {
                late(effect);
                throw new LedgerException(name + " takes effect late", null);
            }
        }
    }

    /** By the database, whatever becomes of the process. */
    private void late(Supplier<?> effect) {
        world.after(world.within(LATEST), null, effect::get);
    }

    private boolean fails() {
        boolean fails = random.nextInt(100) < failuresOfAHundred;
        failures += fails ? 1 : 0;
        return fails;
    }

    private void living() {
        if (life.isOver()) {
            throw new LedgerException("this process is dead", null);
        }
    }
}
