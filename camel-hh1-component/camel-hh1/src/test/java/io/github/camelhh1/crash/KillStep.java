package io.github.camelhh1.crash;

import io.github.camelhh1.ledger.RunState;
import java.util.EnumSet;
import java.util.Set;

/** Where a process is killed, and what must become of the photo that is there at that moment. */
enum KillStep {
    /** The run is claimed, nothing has left. */
    CLAIMED(RunState.CLAIMED, Expected.DONE, 1),
    /** The ledger says that it is sent; not one byte is. */
    SENT(RunState.SENT, Expected.HELD, 0),
    HALF_SENT(RunState.SENT, Expected.HELD, 0),
    /** With tasks: the service has given the task's id, and the ledger does not have it. */
    CREATED(RunState.SENT, Expected.HELD, 1),
    /** With tasks: the ledger has the task's id, and nobody has asked for the task. */
    RECORDED(RunState.SENT, Expected.DONE, 1),
    /** With tasks: it was asked for, and had not ended. */
    POLLED(RunState.SENT, Expected.DONE, 1),
    /** The answer is read and not settled. With tasks it can be read again. */
    ANSWERED(RunState.SENT, Expected.HELD, 1),
    SETTLED(RunState.COMPLETED, Expected.DONE, 1),
    DOWNLOADING(RunState.COMPLETED, Expected.DONE, 1),
    /** The download was cut and waits for its next attempt. */
    CUT_SHORT(RunState.COMPLETED, Expected.DONE, 1),
    DOWNLOADING_THE_REST(RunState.COMPLETED, Expected.DONE, 1),
    /** The video is whole under its working name. */
    BEFORE_RENAME(RunState.COMPLETED, Expected.DONE, 1),
    /** The video is whole under both its names. */
    AFTER_RENAME(RunState.COMPLETED, Expected.DONE, 1),
    /** The route has the video, and the photo still lies where it came from. */
    BEFORE_MOVE(RunState.COMPLETED, Expected.DONE, 1),
    MOVED(RunState.COMPLETED, Expected.DONE, 1);

    /** What a photo ends as. */
    enum Expected {
        DONE,
        HELD
    }

    /** What the ledger says right after the kill. */
    final RunState leftAs;

    final Expected expected;

    /** In the end, after the restart. */
    final int charges;

    /** That is, at each step of a service that has tasks; the steps of a download are the same for each service. */
    static final Set<KillStep> WITH_TASKS = EnumSet.of(CLAIMED, SENT, CREATED, RECORDED, POLLED, ANSWERED, SETTLED);

    static final Set<KillStep> WITHOUT_TASKS = EnumSet.complementOf(EnumSet.of(CREATED, RECORDED, POLLED));

    Expected expectedWithTasks() {
        return this == ANSWERED ? Expected.DONE : expected;
    }

    KillStep(RunState leftAs, Expected expected, int charges) {
        this.leftAs = leftAs;
        this.expected = expected;
        this.charges = charges;
    }
}
