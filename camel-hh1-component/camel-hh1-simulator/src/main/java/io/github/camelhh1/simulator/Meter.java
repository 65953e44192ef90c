package io.github.camelhh1.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Counts what reached the simulator and what a real account would have paid. Written by one thread, read by any. */
final class Meter {
    /** Of a long run the latest requests are kept; charges are kept all. */
    private static final int REQUESTS_KEPT = 10_000;

    private final List<TrackedRequest> requests = new ArrayList<>();
    private final List<TrackedRequest> downloads = new ArrayList<>();
    private final List<Charge> charges = new ArrayList<>();
    private int epoch;
    private int arrived;
    private int runs;
    private int inFlight;
    private int peakInFlight;
    private int abandoned;

    synchronized int nextNumber() {
        return ++arrived;
    }

    synchronized void arrived(TrackedRequest request) {
        keep(requests, request);
        runs++;
        inFlight++;
        peakInFlight = Math.max(peakInFlight, inFlight);
    }

    synchronized void downloading(TrackedRequest request) {
        keep(downloads, request);
    }

    /** Which test this is: a call that outlives its own must not be charged to the next. */
    synchronized int epoch() {
        return epoch;
    }

    synchronized void charge(int sinceEpoch, Charge charge) {
        if (sinceEpoch == epoch) {
            charges.add(charge);
        }
    }

    synchronized void answered() {
        inFlight--;
    }

    synchronized void abandoned() {
        inFlight--;
        abandoned++;
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
        return inFlight;
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
        arrived = 0;
        runs = 0;
        abandoned = 0;
        peakInFlight = inFlight;
    }

    private static void keep(List<TrackedRequest> list, TrackedRequest request) {
        if (list.size() == REQUESTS_KEPT) {
            list.remove(0);
        }
        list.add(request);
    }
}
