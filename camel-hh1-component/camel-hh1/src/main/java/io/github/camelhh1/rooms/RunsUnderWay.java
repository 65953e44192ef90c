package io.github.camelhh1.rooms;

import io.github.camelhh1.ledger.LedgerSession;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs that somebody is at work on, by session and run: a session's name is never used twice. One for the whole JVM, so
 * that its components and Camel contexts find one another. Safe for use by many threads.
 */
public final class RunsUnderWay {
    private record Place(String session, String runId) {}

    private static final RunsUnderWay OF_THIS_JVM = new RunsUnderWay();

    private final Map<Place, RunUnderWay> all = new ConcurrentHashMap<>();

    public RunsUnderWay() {}

    public static RunsUnderWay ofThisJvm() {
        return OF_THIS_JVM;
    }

    /** Null when {@code own} has the place now, else who has it. */
    @Nullable
    RunUnderWay putIfAbsent(String session, String runId, RunUnderWay own) {
        return all.putIfAbsent(new Place(session, runId), own);
    }

    /** Of the session that {@code owner} belongs to. */
    @Nullable
    RunUnderWay find(String owner, String runId) {
        return all.get(new Place(LedgerSession.sessionOf(owner), runId));
    }

    /**
     * The delivery at work on a run of {@code owner}, which {@code own} waits for from now on; null when there is none. A
     * delivery that waits for {@code own} is not waited for: deliveries that wait in a circle would never end.
     */
    @Nullable
    synchronized RunUnderWay waitedFor(String owner, String runId, RunUnderWay own) {
        RunUnderWay found = find(owner, runId);
        if (found == null || found.waitsFor(own)) {
            return null;
        }
        own.waitFor(found);
        return found;
    }

    void remove(String session, String runId, RunUnderWay own) {
        all.remove(new Place(session, runId), own);
    }

    public int size() {
        return all.size();
    }
}
