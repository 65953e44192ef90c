package io.github.camelhh1.crash;

/** Where a process that looks for a lost answer, or hands on a late one, stops to be killed. */
enum LateStep {
    /** The ledger has what is known of the call; no look has begun. */
    NOTED("noted", true),
    /** A look of the message that waits has found the video, and the ledger does not have it. */
    FOUND("complete", false),
    /** The ledger has it, and the message does not. */
    SETTLED("complete", true),
    /** The run is taken for a look in the background, and the service is not asked. */
    TAKEN("lookUp", true),
    FOUND_IN_THE_BACKGROUND("found", false),
    SETTLED_IN_THE_BACKGROUND("found", true),
    /** The ledger says that this process hands the run on; there is no exchange. */
    EMITTED("emit", true),
    /** The exchange is in the route, and has done nothing. */
    IN_THE_ROUTE("", false),
    /** The route has done its work, and the ledger does not know. */
    UNACKNOWLEDGED("ended", false),
    ACKNOWLEDGED("ended", true);

    /** Of the ledger's session. */
    final String method;

    /** Whether it stops when the method has returned; otherwise before it is called. */
    final boolean after;

    LateStep(String method, boolean after) {
        this.method = method;
        this.after = after;
    }
}
