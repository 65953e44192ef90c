package io.github.camelhh1.lookup;

import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.Candidate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Names the tasks that may be those of a create without an answer. The ledger knows the outcome already, and the message has
 * no permit any more: it only ends later. A stop ends the wait. No thread waits.
 */
public final class CandidatesNamed implements Generator {
    /** How long after the outcome the service is asked. Nobody has published when its list shows a task. */
    private static final List<Duration> LOOKS =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(15));

    private final Generator next;
    private final Candidates candidates;
    private final Duration limit;
    private final Timers timers;

    /** @param limit the option lookupTimeout */
    private CandidatesNamed(Generator next, Candidates candidates, Duration limit, Timers timers) {
        this.next = next;
        this.candidates = candidates;
        this.limit = limit;
        this.timers = timers;
    }

    /** The room, where there is a time to look in. */
    public static Generator around(Generator next, Candidates candidates, Duration limit, Timers timers) {
        return limit.isZero() ? next : new CandidatesNamed(next, candidates, limit, timers);
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        return next.generate(generation).thenCompose(outcome -> {
            if (outcome instanceof Outcome.Unknown unknown
                    && unknown.trace().taskId() == null
                    && unknown.link() == null
                    && !candidates.isOver()) {
                return new Naming(generation, unknown).begin();
            }
            return CompletableFuture.completedStage(outcome);
        });
    }

    /** The looks for one outcome, one after another. */
    private final class Naming {
        private final Generation generation;
        private final Outcome.Unknown unknown;
        private final long since = timers.nanoTime();
        private final Waiting waiting = new Waiting(timers, this::end);
        private int looks;

        Naming(Generation generation, Outcome.Unknown unknown) {
            this.generation = generation;
            this.unknown = unknown;
        }

        CompletionStage<Outcome> begin() {
            waiting.until(generation, limit);
            lookLater();
            return waiting.ending;
        }

        private void lookLater() {
            if (looks == LOOKS.size() || candidates.isOver()) {
                end();
            } else {
                waiting.lookAfter(LOOKS.get(looks++).minusNanos(timers.nanoTime() - since), this::look);
            }
        }

        private void look() {
            String prompt = Objects.requireNonNullElse(generation.request().prompt(), "");
            candidates
                    .of(generation.identity().account(), generation.identity().runId(), prompt)
                    .thenAccept(this::found);
        }

        private void found(List<Candidate> found) {
            if (found.isEmpty()) {
                lookLater();
            } else {
                waiting.ending.complete(unknown.candidates(found));
            }
        }

        private void end() {
            waiting.ending.complete(unknown);
        }
    }
}
