package io.github.camelhh1.crash;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stops the one photo that is watched at one step, and says so; what becomes of the process then is the test's to say. */
final class Checkpoint {
    /** The photo that is watched; the others pass. */
    static final String WATCHED = "watched";

    private final KillStep step;
    private final AtomicBoolean passed = new AtomicBoolean();
    private final CountDownLatch go = new CountDownLatch(1);

    /** @param step null to stop nowhere */
    Checkpoint(KillStep step) {
        this.step = step;
    }

    void reached(KillStep here, String photo) {
        if (here != step || !WATCHED.equals(photo) || passed.getAndSet(true)) {
            return;
        }
        System.out.println("reached " + step);
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void go() {
        go.countDown();
    }
}
