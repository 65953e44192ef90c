package io.github.camelhh1.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A session whose methods fail when they are told to: before or after they have taken place. */
public final class FailingSession extends DelegatingSession {
    private final Map<String, RuntimeException> before = new HashMap<>();
    private final Map<String, RuntimeException> after = new HashMap<>();
    private final List<String> calls = new ArrayList<>();

    public FailingSession(LedgerSession session) {
        super(session);
    }

    /** The disk is full, say: nothing takes place. */
    public FailingSession fail(String... methods) {
        for (String method : methods) {
            before.put(method, new LedgerException(method + " failed", null));
        }
        return this;
    }

    /** The answer is lost: it took place all the same. */
    public FailingSession failAfter(String... methods) {
        for (String method : methods) {
            after.put(method, new LedgerException(method + " failed", null));
        }
        return this;
    }

    /** With something else than a ledger throws. */
    public void fail(String method, RuntimeException defect) {
        before.put(method, defect);
    }

    public void work() {
        before.clear();
        after.clear();
    }

    /** Every method called, in order, whether or not it failed. */
    public List<String> calls() {
        return calls;
    }

    @Override
    protected <T> T around(String method, Supplier<T> call) {
        calls.add(method);
        if (before.containsKey(method)) {
            throw before.get(method);
        }
        T result = call.get();
        if (after.containsKey(method)) {
            throw after.get(method);
        }
        return result;
    }
}
