package io.github.camelhh1.generation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs that somebody is at work on, by owner and run: an owner's name is never used twice. One for the whole JVM, so
 * that its components and Camel contexts find one another. Safe for use by many threads.
 */
public final class Joins {
    private record Place(String owner, String runId) {}

    private static final Joins OF_THIS_JVM = new Joins();

    private final Map<Place, Join> all = new ConcurrentHashMap<>();

    Joins() {}

    public static Joins ofThisJvm() {
        return OF_THIS_JVM;
    }

    /** Null when {@code own} has the place now, else who has it. */
    @Nullable
    Join putIfAbsent(String owner, String runId, Join own) {
        return all.putIfAbsent(new Place(owner, runId), own);
    }

    @Nullable
    Join find(String owner, String runId) {
        return all.get(new Place(owner, runId));
    }

    void remove(String owner, String runId, Join own) {
        all.remove(new Place(owner, runId), own);
    }

    int size() {
        return all.size();
    }
}
