package io.github.camelhh1.late;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What goes wrong between nodes and database, and when. All of it is drawn beforehand; which segment it strikes depends
 * on who is at work at that moment.
 */
final class Weather implements Function<Segment, Fate> {
    /** How much longer than the ledger's patience something may be late. */
    private static final int LATEST_MILLIS = 2_500;

    enum Kind {
        /** The next change of a run arrives late. */
        LATE_CHANGE,
        LATE_ANSWER,
        CUT_BEFORE,
        CUT_AFTER
    }

    private record Strike(Kind kind, Duration time) {}

    private final Random random;
    private final LateDatabase database;
    private final List<Strike> strikes = new ArrayList<>();
    private final List<CompletionStage<?>> underWay = new ArrayList<>();
    private CompletableFuture<?> calm = CompletableFuture.completedFuture(null);
    private boolean over;
    private int struck;

    Weather(Random random, LateDatabase database) {
        this.random = random;
        this.database = database;
    }

    /** @param time in which all of it begins */
    void begin(Duration time) {
        int millis = (int) time.toMillis();
        for (int i = 4 + random.nextInt(8); i > 0; i--) {
            var strike = new Strike(Kind.values()[Math.min(3, random.nextInt(7) / 2)], latest());
            at(random.nextInt(millis), () -> strikes.add(strike));
        }
        if (random.nextInt(3) == 0) {
            Duration length = Duration.ofMillis(300 + random.nextInt(1_500));
            at(random.nextInt(millis), () -> calm = Fate.later(length));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            Duration length = Duration.ofMillis(200 + random.nextInt(1_800));
            at(random.nextInt(millis), () -> underWay.add(database.lockRuns(Fate.later(length))));
        }
    }

    private void at(int millis, Runnable change) {
        underWay.add(Fate.later(Duration.ofMillis(millis)).thenRun(() -> {
            synchronized (this) {
                change.run();
            }
        }));
    }

    private Duration latest() {
        return Duration.ofMillis(random.nextInt(3) == 0 ? random.nextInt(300) : random.nextInt(LATEST_MILLIS));
    }

    @Override
    public synchronized Fate apply(Segment segment) {
        if (over) {
            return Fate.AT_ONCE;
        } else if (!calm.isDone()) {
            return Fate.when(calm);
        }
        for (Strike strike : strikes) {
            if (strikes(strike.kind(), segment)) {
                strikes.remove(strike);
                struck++;
                return fate(strike);
            }
        }
        return random.nextInt(20) == 0 ? Fate.after(Duration.ofMillis(random.nextInt(60))) : Fate.AT_ONCE;
    }

    private static boolean strikes(Kind kind, Segment segment) {
        return switch (kind) {
            case LATE_CHANGE, CUT_AFTER -> segment.changesRun();
            case LATE_ANSWER -> !segment.request();
            case CUT_BEFORE -> segment.request() && segment.text().contains("hh1_");
        };
    }

    private Fate fate(Strike strike) {
        return switch (strike.kind()) {
            case LATE_CHANGE, LATE_ANSWER -> {
                CompletableFuture<Void> late = Fate.later(strike.time());
                underWay.add(late);
                yield Fate.when(late);
            }
            case CUT_BEFORE -> Fate.CUT_BEFORE;
            case CUT_AFTER -> Fate.CUT_AFTER;
        };
    }

    /** Nothing more begins; waits until what is late has arrived. */
    int end() {
        List<CompletionStage<?>> rest;
        synchronized (this) {
            rest = List.copyOf(underWay);
        }
        rest.forEach(one -> one.toCompletableFuture().join());
        synchronized (this) {
            over = true;
            rest = List.copyOf(underWay);
        }
        rest.forEach(one -> one.toCompletableFuture().join());
        calm.join();
        return struck;
    }
}
