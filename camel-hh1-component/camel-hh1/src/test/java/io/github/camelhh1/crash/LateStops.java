package io.github.camelhh1.crash;

import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Stops photos at their steps and counts what is asked of the ledger. Safe for use by many threads. */
final class LateStops {
    /** In place of a photo's name. */
    private static final String ANY = "any";

    private final List<String> stops;
    private final CountDownLatch go = new CountDownLatch(1);
    private final Map<String, String> photos = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

    private final Set<String> reached = ConcurrentHashMap.newKeySet();

    /** @param stops a step and a photo each, as {@link #at} and {@link #atAny} make them */
    LateStops(List<String> stops) {
        this.stops = stops;
    }

    static String at(LateStep step, String photo) {
        return step + ":" + photo;
    }

    static String atAny(LateStep step) {
        return at(step, ANY);
    }

    /** All that stopped goes on. */
    void go() {
        go.countDown();
    }

    /** Whether anything has stopped there that begins so. */
    boolean isStopped(String stop) {
        return reached.stream().anyMatch(there -> there.startsWith(stop));
    }

    int calls(String method) {
        return calls.computeIfAbsent(method, name -> new AtomicInteger()).get();
    }

    void reached(LateStep step, String photo) {
        if (!stops.contains(at(step, photo)) && !stops.contains(atAny(step))) {
            return;
        }
        reached.add(at(step, photo));
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Ledger watched(Ledger ledger) {
        return proxy(Ledger.class, ledger);
    }

    private <T> T proxy(Class<T> type, Object watched) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    reached(method, false, arguments == null ? null : arguments[0]);
                    Object result = WatchedLedger.pass(watched, method, arguments);
                    if (result instanceof LedgerSession session) {
                        return proxy(LedgerSession.class, session);
                    }
                    if (result instanceof List<?> list) {
                        list.forEach(each -> reached(method, true, each));
                    } else if (arguments != null) {
                        reached(method, true, arguments[0]);
                    }
                    calls.computeIfAbsent(method.getName(), name -> new AtomicInteger())
                            .incrementAndGet();
                    return result;
                }));
    }

    private void reached(Method method, boolean after, Object what) {
        if (what instanceof NewRun run) {
            photos.put(run.runId(), PhotoFolder.photo(run.videoFileName()));
        }
        for (LateStep step : LateStep.values()) {
            String photo = step.method.equals(method.getName()) && step.after == after ? photo(what) : null;
            if (photo != null) {
                reached(step, photo);
            }
        }
    }

    /** Null for what is about no run. */
    private String photo(Object what) {
        if (what instanceof Attempt attempt) {
            return photos.get(attempt.claim().runId());
        }
        Run run = what instanceof Emission emission ? emission.run() : what instanceof Run known ? known : null;
        return run == null ? null : PhotoFolder.photo(run.asked().videoFileName());
    }
}
