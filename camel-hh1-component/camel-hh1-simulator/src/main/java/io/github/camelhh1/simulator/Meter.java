package io.github.camelhh1.simulator;

import io.github.camelhh1.simulator.task.TaskKind;
import io.github.camelhh1.simulator.wire.Head;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Counts the requests that reached the simulator and the charges of a real account. Written by one thread, read by any.
 */
final class Meter {
    /** Of many requests only the latest are kept. All charges are kept. */
    private static final int REQUESTS_KEPT = 10_000;

    private final List<TrackedRequest> requests = new ArrayList<>();
    private final List<TrackedRequest> downloads = new ArrayList<>();
    private final List<Charge> charges = new ArrayList<>();
    private final Map<TaskKind, List<TrackedRequest>> calls = new EnumMap<>(TaskKind.class);
    private final Map<TaskKind, Integer> callCounts = new EnumMap<>(TaskKind.class);
    private final Set<TrackedRequest> inFlight = new HashSet<>();
    private final Clock clock;
    private int epoch;
    private int arrived;
    private int runs;
    private int peakInFlight;
    private int abandoned;

    Meter(Clock clock) {
        this.clock = clock;
    }

    synchronized TrackedRequest track(Head head) {
        return new TrackedRequest(++arrived, head, clock.instant());
    }

    synchronized void arrived(TrackedRequest request) {
        keep(requests, request);
        runs++;
        inFlight.add(request);
        peakInFlight = Math.max(peakInFlight, inFlight.size());
    }

    /** A call for tasks; their creations are run requests as well. */
    synchronized void calling(TaskKind kind, TrackedRequest request) {
        keep(calls.computeIfAbsent(kind, any -> new ArrayList<>()), request);
        callCounts.merge(kind, 1, Integer::sum);
    }

    synchronized void downloading(TrackedRequest request) {
        keep(downloads, request);
    }

    /** The number of the test: a call that outlives its test must not be charged to the next one. */
    synchronized int epoch() {
        return epoch;
    }

    synchronized void charge(int sinceEpoch, Charge charge) {
        if (sinceEpoch == epoch) {
            charges.add(charge);
        }
    }

    synchronized void answered(TrackedRequest request) {
        inFlight.remove(request);
    }

    synchronized void abandoned(TrackedRequest request) {
        if (inFlight.remove(request)) {
            abandoned++;
        }
    }

    synchronized List<ReceivedRequest> calls(TaskKind kind) {
        return calls.getOrDefault(kind, List.of()).stream()
                .map(TrackedRequest::received)
                .toList();
    }

    synchronized int callCount(TaskKind kind) {
        return callCounts.getOrDefault(kind, 0);
    }

    /** All of them, kept or not. */
    synchronized int requestCount() {
        return runs;
    }

    synchronized List<ReceivedRequest> requests() {
        return requests.stream().map(TrackedRequest::received).toList();
    }

    synchronized List<ReceivedRequest> downloads() {
        return downloads.stream().map(TrackedRequest::received).toList();
    }

    synchronized List<Charge> charges() {
        return List.copyOf(charges);
    }

    synchronized int count(Predicate<Charge> which) {
        return (int) charges.stream().filter(which).count();
    }

    synchronized int inFlight() {
        return inFlight.size();
    }

    synchronized int peakInFlight() {
        return peakInFlight;
    }

    synchronized int abandonedCalls() {
        return abandoned;
    }

    /** Calls in flight go on, and stay counted as such. */
    synchronized void clear() {
        epoch++;
        requests.clear();
        downloads.clear();
        charges.clear();
        calls.values().forEach(List::clear);
        callCounts.clear();
        arrived = 0;
        runs = 0;
        abandoned = 0;
        peakInFlight = inFlight.size();
    }

    private static void keep(List<TrackedRequest> list, TrackedRequest request) {
        if (list.size() == REQUESTS_KEPT) {
            list.remove(0);
        }
        list.add(request);
    }
}
