package io.github.camelhh1.generation;

import io.github.camelhh1.generation.VirtualWorld.Life;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** The service, and its meter: it charges whoever asks, whether or not that one is there to hear the answer. */
final class SimulatedService {
    private final VirtualWorld world;
    private final Random random;
    private final Map<String, Integer> charges = new HashMap<>();
    private final Map<String, Integer> perhapsBilled = new HashMap<>();
    private int requests;

    SimulatedService(VirtualWorld world, Random random) {
        this.world = world;
        this.random = random;
    }

    /** By key. */
    Map<String, Integer> charges() {
        return charges;
    }

    /** Refusals by key that say of themselves that they may be billed. */
    Map<String, Integer> perhapsBilled() {
        return perhapsBilled;
    }

    int requests() {
        return requests;
    }

    /** As one node sees it. */
    Generator seenBy(Life life) {
        return generation -> {
            var answer = new CompletableFuture<Outcome>();
            ask(generation.identity().key(), life, answer);
            return answer;
        };
    }

    private void ask(String key, Life life, CompletableFuture<Outcome> answer) {
        int dice = random.nextInt(100);
        if (dice < 8) {
            tell(life, answer, 0, new Outcome.NotSent("refused", dice < 6, null, Trace.NONE));
            return;
        }
        requests++;
        if (dice < 58) {
            charge(key, 40);
            tell(
                    life,
                    answer,
                    80,
                    Outcome.Completed.of("https://v.example/" + key, "Completed", null, Trace.UNANSWERED));
        } else if (dice < 68) {
            Duration after = random.nextBoolean() ? null : Duration.ofSeconds(random.nextInt(900));
            tell(life, answer, 1, new Outcome.Throttled("later", after, Trace.UNANSWERED));
        } else if (dice < 75) {
            tell(life, answer, 1, new Outcome.Rejected("no", random.nextInt(8) == 0, true, Trace.UNANSWERED));
        } else if (dice < 79) {
            perhapsBilled.merge(key, 1, Integer::sum);
            maybeCharge(key);
            tell(life, answer, 60, new Outcome.Rejected("failed", false, false, Trace.UNANSWERED));
        } else if (dice < 89) {
            maybeCharge(key);
            tell(life, answer, 60, new Outcome.Unknown("cut", null, Trace.UNANSWERED));
        } else {
            // Silence, or an answer that comes after the deadline.
            maybeCharge(key);
            tell(
                    life,
                    answer,
                    2_000,
                    Outcome.Completed.of("https://v.example/late", "Completed", null, Trace.UNANSWERED));
        }
    }

    private void maybeCharge(String key) {
        if (random.nextBoolean()) {
            charge(key, 50);
        }
    }

    private void charge(String key, int withinSeconds) {
        world.after(seconds(withinSeconds), null, () -> charges.merge(key, 1, Integer::sum));
    }

    private void tell(Life life, CompletableFuture<Outcome> answer, int withinSeconds, Outcome outcome) {
        Duration delay = withinSeconds >= 2_000 ? Duration.ofSeconds(withinSeconds) : seconds(withinSeconds);
        world.after(delay, life, () -> answer.complete(outcome));
    }

    private Duration seconds(int most) {
        return Duration.ofMillis(most == 0 ? 0 : random.nextInt(most * 1_000));
    }
}
