package io.github.camelhh1.rooms;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generation.Accepted;
import io.github.camelhh1.generation.Generation.Limits;
import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.generation.Progress;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.staging.Staging.Caller;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An innermost room with scripted endings: at once, or when the test completes the call. */
public final class ScriptedGenerator implements Generator {
    static final Outcome COMPLETED =
            Outcome.Completed.of("https://v.example/1.mp4", "Completed", null, Trace.UNANSWERED);
    static final Outcome REFUSED_CONNECTION = new Outcome.NotSent("refused", true, null, Trace.NONE);
    static final Outcome BAD_CERTIFICATE = new Outcome.NotSent("certificate", false, null, Trace.NONE);
    static final Outcome THROTTLED = new Outcome.Throttled("busy", null, Trace.UNANSWERED);
    static final Outcome UNKNOWN = new Outcome.Unknown("silence", null, Trace.UNANSWERED);
    static final Outcome REJECTED = new Outcome.Rejected("bad input", false, Trace.UNANSWERED);
    static final Outcome FAILED = new Outcome.Failed("no frame", Trace.UNANSWERED);
    static final Outcome ACCOUNT_REJECTED = new Outcome.Rejected("bad key", true, Trace.UNANSWERED);

    private final Deque<Outcome> script = new ArrayDeque<>();
    private final List<CompletableFuture<Outcome>> calls = new ArrayList<>();

    static ScriptedGenerator ending(Outcome... outcomes) {
        var generator = new ScriptedGenerator();
        generator.script.addAll(List.of(outcomes));
        return generator;
    }

    public static Generation generation(Limits limits) {
        var image = RequestImage.Link.of("https://i.example/1.png");
        var accepted = new Accepted(
                0,
                "photo.mp4",
                () -> "photo.png",
                null,
                null,
                null,
                Caller.NONE,
                Progress.NONE,
                new CompletableFuture<>());
        var identity = Identity.of("account", "model", "key", "fingerprint");
        return new Generation(GenerationRequest.EMPTY, image, identity, accepted, limits);
    }

    /** The defaults of the options. */
    public static final Limits LIMITS =
            new Limits(Duration.ofMinutes(15), 4, Duration.ofSeconds(2), Duration.ofMinutes(5), 1);

    public static Generation generation() {
        return generation(LIMITS);
    }

    @Override
    public CompletableFuture<Outcome> generate(Generation generation) {
        var call = new CompletableFuture<Outcome>();
        calls.add(call);
        Outcome next = script.poll();
        if (next != null) {
            call.complete(next);
        }
        return call;
    }

    public List<CompletableFuture<Outcome>> calls() {
        return calls;
    }

    public CompletableFuture<Outcome> lastCall() {
        return calls.get(calls.size() - 1);
    }
}
