package io.github.camelhh1.lookup;

import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.lookup.Lookup.Finding;
import io.github.camelhh1.lookup.Lookup.SentCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Looks an unknown outcome up before the message ends with it. The run stays sent meanwhile, and keeps its permit and
 * its image. A stop ends the wait, and the outcome stays unknown. No thread waits.
 */
public final class LookedUp implements Generator {
    private static final List<Duration> LOOKS = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(25),
            Duration.ofSeconds(60));
    private static final Duration LATER = Duration.ofSeconds(60);
    /** The last look begins this long before the limit. */
    private static final Duration LAST = Duration.ofSeconds(5);

    private final Generator next;
    private final Lookup lookup;
    private final Duration limit;
    private final Timers timers;

    /** @param limit the option lookupTimeout */
    private LookedUp(Generator next, Lookup lookup, Duration limit, Timers timers) {
        this.next = next;
        this.lookup = lookup;
        this.limit = limit;
        this.timers = timers;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        String id = generation.lookupId();
        long sent = timers.nanoTime();
        return next.generate(generation).thenCompose(outcome -> {
            // An answer that names a link was read in full: the service has nothing to add.
            if (outcome instanceof Outcome.Unknown unknown
                    && unknown.link() == null
                    && id != null
                    && !lookup.isOver()) {
                return new Looking(id, sent, unknown).begin(generation);
            }
            return CompletableFuture.completedStage(outcome);
        });
    }

    /** The looks for one outcome, one after another. */
    private final class Looking {
        private final String id;
        private final long sent;
        private final Outcome.Unknown unknown;
        private final long since = timers.nanoTime();
        private final SecondLook belief = new SecondLook();
        private final Waiting waiting = new Waiting(timers, this::end);
        private int looks;

        Looking(String id, long sent, Outcome.Unknown unknown) {
            this.id = id;
            this.sent = sent;
            this.unknown = unknown;
        }

        /** If this process dies now, another one looks the run up by the ids of the answer. */
        CompletionStage<Outcome> begin(Generation generation) {
            waiting.until(generation, limit);
            generation.notes().apply(unknown).whenComplete((noted, error) -> lookLater());
            return waiting.ending;
        }

        private void lookLater() {
            waiting.lookAfter(next(Duration.ofNanos(timers.nanoTime() - since)), this::look);
        }

        /** The time until the next look. */
        private Duration next(Duration elapsed) {
            // If a slow ledger delayed several looks, one of them takes place.
            while (looks + 1 < LOOKS.size() && LOOKS.get(looks + 1).compareTo(elapsed) <= 0) {
                looks++;
            }
            Duration planned = looks < LOOKS.size() ? LOOKS.get(looks).minus(elapsed) : LATER;
            looks++;
            Duration last = limit.minus(elapsed).minus(LAST);
            if (!last.isNegative() && !last.isZero() && last.compareTo(planned) < 0) {
                planned = last;
            }
            Duration second = belief.pause(timers.nanoTime());
            // A look at its time may have failed, because the logs were throttled.
            boolean decides = looks > LOOKS.size();
            return decides && second != null && !second.isNegative() && second.compareTo(planned) < 0
                    ? second
                    : planned;
        }

        private void look() {
            long asked = timers.nanoTime();
            var call = new SentCall(id, unknown.trace().ids().logId(), Duration.ofNanos(asked - sent));
            lookup.look(call).whenComplete((finding, defect) -> {
                Outcome found = belief.judge(finding == null ? Finding.NOTHING : finding, asked, timers.nanoTime());
                if (found != null) {
                    waiting.ending.complete(found(found));
                } else if (lookup.isOver()) {
                    end();
                } else if (!waiting.ending.isDone()) {
                    lookLater();
                }
            });
        }

        /** Unknown, with the news of the looks so far. */
        private void end() {
            Outcome news = belief.news();
            waiting.ending.complete(news instanceof Outcome.Unknown ? found(news) : unknown);
        }

        /** The ids of the call's own answer stay where the service's records have none. */
        private Outcome found(Outcome outcome) {
            Trace own = unknown.trace();
            CallIds ids = outcome.trace().ids();
            var trace = new Trace(
                    own.attempts(),
                    new CallIds(
                            ids.httpStatus(), ids.code(), ids.logId(), own.ids().rayId()),
                    own.cacheStatus(),
                    outcome.trace().answer(),
                    null);
            Outcome traced = outcome.traced(trace);
            if (traced instanceof Outcome.Completed completed) {
                return completed.recovered(own.ids().rayId());
            }
            return traced instanceof Outcome.Unknown news
                    ? new Outcome.Unknown(
                            unknown.reason() + "; " + news.reason(), unknown.failure(), trace, news.link())
                    : traced;
        }
    }

    /** The room, where there is a time to look in. */
    public static Generator around(Generator next, Lookup lookup, Duration limit, Timers timers) {
        return limit.isZero() ? next : new LookedUp(next, lookup, limit, timers);
    }
}
