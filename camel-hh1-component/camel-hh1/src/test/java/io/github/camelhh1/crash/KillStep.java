package io.github.camelhh1.crash;

import io.github.camelhh1.ledger.RunState;

/** Where a process is killed, and what must become of the photo that is there at that moment. */
enum KillStep {
    /** The run is claimed, nothing has left. */
    CLAIMED(RunState.CLAIMED, Expected.DONE, 1),
    /** The ledger says that it is sent; not one byte is. */
    SENT(RunState.SENT, Expected.HELD, 0),
    HALF_SENT(RunState.SENT, Expected.HELD, 0),
    /** The answer is read and not settled. */
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

    KillStep(RunState leftAs, Expected expected, int charges) {
        this.leftAs = leftAs;
        this.expected = expected;
        this.charges = charges;
    }
}
