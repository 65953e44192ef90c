package io.github.camelhh1.simulation;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.generation.RequestRules;
import io.github.camelhh1.simulation.VirtualWorld.Life;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** The service, and its meter: it charges whoever asks, whether or not that one is there to hear the answer. */
class SimulatedService {
    final VirtualWorld world;
    final Random random;
    private final Map<String, Integer> charges = new HashMap<>();
    private final Map<String, Integer> risks = new HashMap<>();
    private long seconds;
    private long secondsAtRisk;

    SimulatedService(VirtualWorld world, Random random) {
        this.world = world;
        this.random = random;
    }

    /** By key. */
    Map<String, Integer> charges() {
        return charges;
    }

    int charges(String key) {
        return charges.getOrDefault(key, 0);
    }

    /** Requests of the key that may have been charged for, for all that whoever asks can know. */
    int risks(String key) {
        return risks.getOrDefault(key, 0);
    }

    /** Charged for; a duration that was left open is the longest. */
    long seconds() {
        return seconds;
    }

    /** Of all requests that may have been charged for. */
    long secondsAtRisk() {
        return secondsAtRisk;
    }

    static String videoOf(String key) {
        return "https://v.example/" + key + "/";
    }

    Client client(Life life) {
        return new Client(life);
    }

    /** As one node sees it. */
    class Client implements Generator {
        final Life life;
        private final List<CompletableFuture<Outcome>> calls = new ArrayList<>();
        private boolean closed;

        Client(Life life) {
            this.life = life;
        }

        @Override
        public CompletableFuture<Outcome> generate(Generation generation) {
            CompletableFuture<Outcome> answer = call(generation);
            if (closed) {
                answer.complete(new Outcome.NotSent("closed", false, null, Trace.NONE));
            } else if (isTooLate(generation)) {
                answer.complete(new Outcome.NotSent("too late", true, null, Trace.NONE));
            } else if (!life.isOver()) {
                calls.add(answer);
                ask(generation, answer);
            }
            return answer;
        }

        CompletableFuture<Outcome> call(Generation generation) {
            return new CompletableFuture<>();
        }

        /** As the transport looks at the clock before it sends the first byte. */
        private boolean isTooLate(Generation generation) {
            Long sendBefore = generation.sendBefore();
            return sendBefore != null && world.nanos() > sendBefore;
        }

        /** Ends the calls that are still under way. */
        void close() {
            closed = true;
            calls.forEach(this::end);
        }

        void end(CompletableFuture<Outcome> call) {
            call.complete(new Outcome.Unknown("closed", null, Trace.UNANSWERED));
        }

        void ask(Generation generation, CompletableFuture<Outcome> answer) {
            String key = generation.identity().key();
            int dice = random.nextInt(100);
            if (dice < 8) {
                tell(answer, 0, new Outcome.NotSent("refused", dice < 6, null, Trace.NONE));
            } else if (dice < 58) {
                risk(generation);
                charge(generation, 40);
                tell(answer, 80, video(key));
            } else if (dice < 68) {
                Duration after = random.nextBoolean() ? null : Duration.ofSeconds(random.nextInt(900));
                tell(answer, 1, new Outcome.Throttled("later", after, Trace.UNANSWERED));
            } else if (dice < 75) {
                tell(answer, 1, new Outcome.Rejected("no", random.nextInt(8) == 0, Trace.UNANSWERED));
            } else if (dice < 79) {
                risk(generation);
                maybeCharge(generation);
                tell(answer, 60, new Outcome.Failed("failed", Trace.UNANSWERED));
            } else if (dice < 89) {
                risk(generation);
                maybeCharge(generation);
                tell(answer, 60, new Outcome.Unknown("cut", null, Trace.UNANSWERED));
            } else if (random.nextBoolean()) {
                // After the deadline.
                risk(generation);
                maybeCharge(generation);
                world.after(Duration.ofSeconds(2_000), life, () -> answer.complete(video(key)));
            } else {
                // Never.
                risk(generation);
                maybeCharge(generation);
            }
        }

        void tell(CompletableFuture<Outcome> answer, int withinSeconds, Outcome outcome) {
            world.after(world.within(Duration.ofSeconds(withinSeconds)), life, () -> answer.complete(outcome));
        }
    }

    private Outcome video(String key) {
        return Outcome.Completed.of(videoOf(key) + random.nextInt(), "Completed", null, Trace.UNANSWERED);
    }

    /** Whether whoever asks gets the name of a task. */
    boolean hasTasks() {
        return false;
    }

    void risk(Generation generation) {
        risks.merge(generation.identity().key(), 1, Integer::sum);
        secondsAtRisk += seconds(generation);
    }

    /** Nothing was charged, and somebody has heard it. */
    void noRisk(Generation generation) {
        risks.merge(generation.identity().key(), -1, Integer::sum);
        secondsAtRisk -= seconds(generation);
    }

    private void maybeCharge(Generation generation) {
        if (random.nextBoolean()) {
            charge(generation, 50);
        }
    }

    private void charge(Generation generation, int withinSeconds) {
        world.after(world.within(Duration.ofSeconds(withinSeconds)), null, () -> charge(generation));
    }

    void charge(Generation generation) {
        charges.merge(generation.identity().key(), 1, Integer::sum);
        seconds += seconds(generation);
    }

    private static int seconds(Generation generation) {
        Integer asked = generation.request().duration();
        return asked == null ? RequestRules.LONGEST_SECONDS : asked;
    }
}
