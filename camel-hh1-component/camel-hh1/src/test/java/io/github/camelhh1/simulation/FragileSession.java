package io.github.camelhh1.simulation;

import io.github.camelhh1.ledger.DelegatingSession;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Fails in the methods that the test names, and remembers what was called. */
public final class FragileSession extends DelegatingSession {
    private final Set<String> broken = new HashSet<>();
    private final List<String> calls = new ArrayList<>();
    private boolean takesPlace;

    public FragileSession(LedgerSession session) {
        super(session);
    }

    public void breakDown(String... methods) {
        broken.addAll(List.of(methods));
        takesPlace = false;
    }

    /** The change is on disk, and the answer got lost. */
    public void loseAnswersOf(String... methods) {
        broken.addAll(List.of(methods));
        takesPlace = true;
    }

    public void mend() {
        broken.clear();
    }

    public List<String> calls() {
        return calls;
    }

    public long calls(String method) {
        return calls.stream().filter(method::equals).count();
    }

    @Override
    protected <T> T around(String method, Supplier<T> call) {
        calls.add(method);
        if (!broken.contains(method)) {
            return call.get();
        }
        if (takesPlace) {
            call.get();
        }
        throw new LedgerException(method + " failed", null);
    }
}
