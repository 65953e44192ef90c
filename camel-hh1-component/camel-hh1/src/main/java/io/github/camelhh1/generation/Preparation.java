package io.github.camelhh1.generation;

import io.github.camelhh1.async.TimeLimit;

/**
 * What an attempt had to wait for before it could be sent.
 *
 * @param credentials what it shows the service
 * @param deadline counts from before they were asked for
 */
public record Preparation(String credentials, TimeLimit deadline) {

    /** Without the credentials. */
    @Override
    public String toString() {
        return String.valueOf(deadline);
    }
}
