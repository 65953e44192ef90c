package io.github.camelhh1.late;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The faults between nodes and database, and their times. All are drawn beforehand. The segment that a fault hits depends
 * on the statements of that moment.
 */
final class FaultPlan implements Function<Segment, SegmentFault> {
    private static final Duration LATEST = Duration.ofMillis(2_500);
    private static final Duration SOON = Duration.ofMillis(60);

    private enum Kind {
        /** A change arrives late. */
        LATE_CHANGE,
        /** A change arrives together with a later one of the same run, or right after it. */
        OVERTAKEN,
        LATE_ANSWER,
        CUT_BEFORE,
        CUT_AFTER
    }

    /** How often each is drawn, of all together. */
    private static final List<Kind> KINDS = List.of(
            Kind.LATE_CHANGE,
            Kind.LATE_CHANGE,
            Kind.LATE_CHANGE,
            Kind.OVERTAKEN,
            Kind.OVERTAKEN,
            Kind.OVERTAKEN,
            Kind.OVERTAKEN,
            Kind.LATE_ANSWER,
            Kind.CUT_BEFORE,
            Kind.CUT_AFTER);

    /**
     * @param time for which it is held, at most
     * @param later how many changes of the same run overtake it
     * @param before whether it arrives before the last of these
     */
    private record Strike(Kind kind, Duration time, int later, boolean before) {}

    /** A change that waits for {@code later} further ones of its run. */
    private static final class Held {
        private final CompletableFuture<Void> arrives;
        private final boolean before;
        private int later;

        private Held(CompletableFuture<Void> arrives, Strike strike) {
            this.arrives = arrives;
            this.before = strike.before();
            this.later = strike.later();
        }
    }

    private final Random random;
    private final LateDatabase database;
    private final List<Strike> strikes = new ArrayList<>();
    private final Map<String, Held> held = new HashMap<>();
    private final List<CompletableFuture<?>> underWay = new ArrayList<>();
    private CompletableFuture<?> calm = CompletableFuture.completedFuture(null);
    private boolean over;
    private int struck;

    FaultPlan(Random random, LateDatabase database) {
        this.random = random;
        this.database = database;
    }

    /** @param time in which all of it begins */
    void begin(Duration time) {
        int millis = (int) time.toMillis();
        for (int i = 10 + random.nextInt(15); i > 0; i--) {
            var strike = new Strike(
                    KINDS.get(random.nextInt(KINDS.size())), latest(), 1 + random.nextInt(2), random.nextBoolean());
            at(random.nextInt(millis), () -> strikes.add(strike));
        }
        if (random.nextInt(3) == 0) {
            Duration length = Duration.ofMillis(300 + random.nextInt(1_500));
            at(random.nextInt(millis), () -> calm = SegmentFault.later(length));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            Duration length = Duration.ofMillis(200 + random.nextInt(1_800));
            at(random.nextInt(millis), () -> underWay.add(database.lockRuns(SegmentFault.later(length))));
        }
    }

    private synchronized void at(int millis, Runnable change) {
        underWay.add(SegmentFault.later(Duration.ofMillis(millis)).thenRun(() -> {
            synchronized (this) {
                change.run();
            }
        }));
    }

    private Duration latest() {
        return Duration.ofMillis(random.nextInt((int) LATEST.toMillis()));
    }

    @Override
    public synchronized SegmentFault apply(Segment segment) {
        if (over) {
            return SegmentFault.AT_ONCE;
        } else if (!calm.isDone()) {
            return SegmentFault.when(calm);
        }
        Held earlier = held.get(segment.run());
        if (earlier != null && --earlier.later == 0) {
            held.remove(segment.run());
            return together(earlier);
        }
        for (Strike strike : strikes) {
            if (strikes(strike.kind(), segment)) {
                strikes.remove(strike);
                struck++;
                return fate(strike, segment);
            }
        }
        return random.nextInt(20) == 0 ? SegmentFault.after(SOON) : SegmentFault.AT_ONCE;
    }

    private SegmentFault together(Held earlier) {
        if (earlier.before) {
            earlier.arrives.complete(null);
            return SegmentFault.after(SOON);
        }
        underWay.add(SegmentFault.later(SOON).thenRun(() -> earlier.arrives.complete(null)));
        return SegmentFault.AT_ONCE;
    }

    private boolean strikes(Kind kind, Segment segment) {
        return switch (kind) {
            case LATE_CHANGE, CUT_AFTER -> segment.takesEffect();
            case OVERTAKEN -> segment.run() != null && !held.containsKey(segment.run());
            case LATE_ANSWER -> !segment.request();
            case CUT_BEFORE -> segment.request() && segment.text().contains("hh1_");
        };
    }

    private SegmentFault fate(Strike strike, Segment segment) {
        return switch (strike.kind()) {
            case LATE_CHANGE, LATE_ANSWER -> late(SegmentFault.later(strike.time()));
            case OVERTAKEN -> {
                CompletableFuture<Void> arrives = SegmentFault.later(LATEST);
                held.put(segment.run(), new Held(arrives, strike));
                yield late(arrives);
            }
            case CUT_BEFORE -> SegmentFault.CUT_BEFORE;
            case CUT_AFTER -> SegmentFault.CUT_AFTER;
        };
    }

    private SegmentFault late(CompletableFuture<Void> arrives) {
        underWay.add(arrives);
        return SegmentFault.when(arrives);
    }

    /** Nothing more begins; waits until what is late has arrived, and gives how many segments were struck. */
    int end() {
        rest().forEach(CompletableFuture::join);
        synchronized (this) {
            over = true;
        }
        rest().forEach(CompletableFuture::join);
        calm.join();
        return struck;
    }

    private synchronized List<CompletableFuture<?>> rest() {
        return List.copyOf(underWay);
    }
}
