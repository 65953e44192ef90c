package io.github.camelhh1.generation;

import io.github.camelhh1.generation.VirtualWorld.Life;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claiming;
import io.github.camelhh1.ledger.DelegatingSession;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Fails now and then, before or after it has taken place; and a process may be struck, killed or paused, in the middle of
 * a call: right before or right after what is written.
 */
final class UnsteadySession extends DelegatingSession {
    private final VirtualWorld world;
    private final Random random;
    private final Life life;
    private final List<Claim> doubtful = new ArrayList<>();
    private int failuresOfAHundred;
    private int failures;
    private int callsUntilStruck;
    private Runnable strike = () -> {};

    UnsteadySession(LedgerSession session, VirtualWorld world, Random random, Life life) {
        super(session);
        this.world = world;
        this.random = random;
        this.life = life;
    }

    /** Calls that have failed. */
    int failures() {
        return failures;
    }

    void failFor(Duration time, int ofAHundred) {
        failuresOfAHundred = ofAHundred;
        world.after(time, null, () -> failuresOfAHundred = 0);
    }

    /** The process is struck in the middle of one of its next calls. */
    void strikeSoon(Runnable action) {
        callsUntilStruck = 1 + random.nextInt(12);
        strike = action;
    }

    @Override
    protected <T> T around(String method, Supplier<T> call) {
        living();
        boolean struck = --callsUntilStruck == 0;
        if (struck && random.nextBoolean()) {
            strike.run();
            living();
        }
        boolean fails = random.nextInt(100) < failuresOfAHundred;
        failures += fails ? 1 : 0;
        if (fails && random.nextBoolean()) {
            throw new LedgerException(method + " failed", null);
        }
        T result = call.get();
        if (struck) {
            strike.run();
            living();
        }
        if (fails) {
            doubt(result);
            throw new LedgerException(method + " failed after it took place", null);
        }
        return result;
    }

    private void doubt(Object result) {
        if (result instanceof Claiming.Claimed claimed) {
            doubtful.add(claimed.claim());
        }
    }

    /** Like a database's session: a claim that was made though its writing failed is given up. */
    @Override
    public List<Run> recover() {
        return around("recover", () -> {
            doubtful.forEach(session::release);
            doubtful.clear();
            return session.recover();
        });
    }

    private void living() {
        if (life.isOver()) {
            throw new LedgerException("this process is dead", null);
        }
    }
}
