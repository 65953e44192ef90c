package io.github.camelhh1.simulator;

import io.github.camelhh1.simulator.wire.Answer.ConnectionEnd;
import io.github.camelhh1.simulator.wire.Moment;

/**
 * Faults of the socket, as replies to be scripted. Each fault really happens to the connection. Refused connections are
 * {@link Hh1Simulator#refuseConnections()}.
 *
 * <p>The first three affect the next connection, or the next use of one, for any request, because nothing has been read
 * by then. The others affect the next run request or creation of a task, and all but the one in an upload can be
 * scripted for polls, lists and cancellations of {@link ModelStudio}. Of a creation, billed means that the task exists.
 */
public final class Fault {
    private static final int TWO_MEGABYTES = 2 * 1024 * 1024;

    private Fault() {}

    /** The connection is reset as soon as it is there; not billed. */
    public static Reply resetOnConnect() {
        return Reply.atSocket(Moment.CONNECTED, ConnectionEnd.RESET, false);
    }

    /** The connection is reset when the first bytes of a request arrive, none of them read; not billed. */
    public static Reply resetBeforeReading() {
        return Reply.atSocket(Moment.ARRIVING, ConnectionEnd.RESET, false);
    }

    /** The request is never read or answered, and the connection stays open; not billed. */
    public static Reply neverReads() {
        return Reply.atSocket(Moment.ARRIVING, ConnectionEnd.HANG, false);
    }

    /** The connection is reset once this many bytes of the request's body have arrived; not billed. */
    public static Reply resetInUpload(long afterBytes) {
        return Reply.atSocket(Moment.uploading(afterBytes), ConnectionEnd.RESET, false);
    }

    /** The whole request is read, then the connection is reset; billed. */
    public static Reply resetAfterRequest() {
        return Reply.atSocket(Moment.REQUEST_READ, ConnectionEnd.RESET, true);
    }

    /** The whole request is read, then the connection is closed without an answer; billed. */
    public static Reply closeAfterRequest() {
        return Reply.atSocket(Moment.REQUEST_READ, ConnectionEnd.CLOSE, true);
    }

    /** The whole request is read, and there is never an answer; billed. */
    public static Reply silence() {
        return Reply.atSocket(Moment.REQUEST_READ, ConnectionEnd.HANG, true);
    }

    /** The head of a completed answer is sent, and nothing of its body; billed. */
    public static Reply stallAfterHeaders() {
        return Reply.completed().stallingAfter(0);
    }

    /** Response headers that never end; billed. */
    public static Reply endlessHeaders() {
        return Reply.completed().endlessHeaders();
    }

    /** A completed answer with one header of 2 MB; billed. */
    public static Reply hugeHeader() {
        return Reply.completed().hugeHeader(TWO_MEGABYTES);
    }
}
