package io.github.camelhh1.rooms;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.Snapshots;
import java.time.Duration;

/** An image that its sender may still change is copied before it is decoded or sent; the copy goes with the call. */
final class Snapshotted {
    private Snapshotted() {}

    static Generator around(Generator next, Snapshots snapshots, Timers timers) {
        return generation -> {
            ImageContent content = generation.content();
            if (content == null || content.file() != null) {
                return next.generate(generation);
            }
            Duration limit = generation.limits().generationTimeout();
            return Steps.then(
                    TimeLimit.of(snapshots.take(content), limit, timers, "not done", snapshots::discard),
                    snapshot -> Steps.into(next, generation.withImage(snapshot))
                            .whenComplete((outcome, error) -> snapshots.discard(snapshot)),
                    failure -> Steps.notSent(
                            "no private copy of the image could be made in java.io.tmpdir: ",
                            failure.toString(),
                            failure));
        };
    }
}
