package io.github.camelhh1.crash;

import io.github.camelhh1.ledger.RunState;

/** Where a process is killed, and what must become of the photo that is there at that moment. */
enum Step {
    /** The run is claimed, nothing has left. */
    CLAIMED(RunState.CLAIMED, Fate.DONE, 1),
    /** The ledger says that it is sent; not one byte is. */
    SENT(RunState.SENT, Fate.HELD, 0),
    HALF_SENT(RunState.SENT, Fate.HELD, 0),
    /** The answer is read and not settled. */
    ANSWERED(RunState.SENT, Fate.HELD, 1),
    SETTLED(RunState.COMPLETED, Fate.DONE, 1),
    DOWNLOADING(RunState.COMPLETED, Fate.DONE, 1),
    /** The download was cut and waits for its next attempt. */
    CUT_SHORT(RunState.COMPLETED, Fate.DONE, 1),
    DOWNLOADING_THE_REST(RunState.COMPLETED, Fate.DONE, 1),
    /** The video is whole under its working name. */
    BEFORE_RENAME(RunState.COMPLETED, Fate.DONE, 1),
    /** The video is whole under both its names. */
    AFTER_RENAME(RunState.COMPLETED, Fate.DONE, 1),
    /** The route has the video, and the photo still lies where it came from. */
    BEFORE_MOVE(RunState.COMPLETED, Fate.DONE, 1),
    MOVED(RunState.COMPLETED, Fate.DONE, 1);

    /** What a photo ends as. */
    enum Fate {
        DONE,
        HELD
    }

    /** What the ledger says right after the kill. */
    final RunState leftAs;

    final Fate fate;

    /** In the end, after the restart. */
    final int charges;

    Step(RunState leftAs, Fate fate, int charges) {
        this.leftAs = leftAs;
        this.fate = fate;
        this.charges = charges;
    }
}
