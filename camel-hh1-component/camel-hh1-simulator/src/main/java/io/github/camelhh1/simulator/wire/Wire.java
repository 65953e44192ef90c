package io.github.camelhh1.simulator.wire;

/** One connection, as a {@link Site} sees it. To be used on the loop's thread only. */
public interface Wire {

    /** Answers the request that was read; once per request. */
    void send(Answer answer);

    /** Ends the connection here and now, whatever is under way: {@code HANG} stops reading for good. */
    void end(Answer.ConnectionEnd ending);

    /** Runs the task when the other side goes away before the answer was sent in full. */
    void onLost(Runnable task);
}
