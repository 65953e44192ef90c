package io.github.camelhh1.ledger.fence;

import java.time.Duration;

/**
 * Who is alive. An owner that has no row in {@code hh1_owner} is buried: dead for good, to itself and to all others.
 * Safe for use by many threads.
 */
public interface Owners extends AutoCloseable {

    /** This session, as long as it is open. */
    String session();

    /** This session's owner now: the session's name, and a number once an earlier owner of it was buried. */
    String owner();

    /** Zero when life needs no renewal. */
    Duration lease();

    /** Keeps this owner alive. One that finds itself buried takes a new name. */
    void renew();

    /** Buries those that are found dead. */
    void bury();

    @Override
    void close();
}
