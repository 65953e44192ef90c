package io.github.camelhh1.generation;

import java.time.Duration;

/** Hears of the steps of one message on its way through the rooms. Its methods return at once and never fail. */
public interface Progress {

    /** Hears of nothing. */
    Progress NONE = new Progress() {};

    /**
     * The image has a link, and the service may fetch it.
     *
     * @param bytes of the image's content; 0 for an object that was linked where it is
     */
    default void staged(long bytes, Duration elapsed) {}

    /**
     * The ledger says {@code SENT}: the request leaves now.
     *
     * @param attempt counts the attempts of the run from 1
     */
    default void sent(int attempt) {}
}
