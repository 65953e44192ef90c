package io.github.camelhh1.simulation;

import io.github.camelhh1.async.Timers;
import io.github.camelhh1.simulation.VirtualWorld.Life;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Of one node: they pass when the world's time does, unless the node is paused or dead, and end when it stops. */
final class SimulatedTimers implements Timers {
    private final VirtualWorld world;
    private final Life life;
    private final Executor rooms;
    private final List<CompletableFuture<Boolean>> pending = new ArrayList<>();
    private boolean stopped;

    SimulatedTimers(VirtualWorld world, Life life, Executor rooms) {
        this.world = world;
        this.life = life;
        this.rooms = rooms;
    }

    @Override
    public CompletableFuture<Boolean> after(Duration delay) {
        if (stopped) {
            return CompletableFuture.completedFuture(false);
        }
        var passed = new CompletableFuture<Boolean>();
        pending.removeIf(CompletableFuture::isDone);
        pending.add(passed);
        world.after(delay, life, () -> passed.complete(true));
        return passed;
    }

    @Override
    public long nanoTime() {
        return world.nanos();
    }

    void stop() {
        stopped = true;
        List.copyOf(pending).forEach(timer -> rooms.execute(() -> timer.complete(false)));
    }
}
