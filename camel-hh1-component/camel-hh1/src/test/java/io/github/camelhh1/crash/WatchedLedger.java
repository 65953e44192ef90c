package io.github.camelhh1.crash;

import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Passes everything on to a ledger, and the steps of a run to a {@link Checkpoint}. */
final class WatchedLedger implements InvocationHandler {
    private final Object watched;
    private final Checkpoint checkpoint;
    private final Map<String, String> photos = new ConcurrentHashMap<>();

    private WatchedLedger(Object watched, Checkpoint checkpoint) {
        this.watched = watched;
        this.checkpoint = checkpoint;
    }

    static Ledger of(Ledger ledger, Checkpoint checkpoint) {
        return proxy(Ledger.class, ledger, checkpoint);
    }

    private static <T> T proxy(Class<T> type, Object watched, Checkpoint checkpoint) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new WatchedLedger(watched, checkpoint)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("complete")) {
            checkpoint.reached(KillStep.ANSWERED, photo((Attempt) arguments[0]));
        } else if (method.getName().equals("task")) {
            checkpoint.reached(KillStep.CREATED, photo((Attempt) arguments[0]));
        }
        Object result = pass(watched, method, arguments);
        if (result instanceof LedgerSession session) {
            return proxy(LedgerSession.class, session, checkpoint);
        } else if (result instanceof Claiming.Claimed claimed) {
            named((NewRun) arguments[0]);
            checkpoint.reached(KillStep.CLAIMED, photos.get(claimed.claim().runId()));
        } else if (method.getName().equals("sent")
                && result instanceof Optional<?> begun
                && begun.orElse(null) instanceof Attempt attempt) {
            checkpoint.reached(KillStep.SENT, photo(attempt));
        } else if (result == Settled.DONE && method.getName().equals("complete")) {
            checkpoint.reached(KillStep.SETTLED, photo((Attempt) arguments[0]));
        } else if (method.getName().equals("task") && result.equals(true)) {
            checkpoint.reached(KillStep.RECORDED, photo((Attempt) arguments[0]));
        } else if (method.getName().equals("toResume")) {
            ((List<?>) result).forEach(run -> named(((Run) run).asked()));
        }
        return result;
    }

    private void named(NewRun run) {
        photos.put(run.runId(), PhotoFolder.photo(run.videoFileName()));
    }

    /** The method's own exception, where it throws one. */
    static Object pass(Object watched, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(watched, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private String photo(Attempt attempt) {
        return photos.get(attempt.claim().runId());
    }
}
