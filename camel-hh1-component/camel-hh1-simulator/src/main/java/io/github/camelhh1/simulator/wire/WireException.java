package io.github.camelhh1.simulator.wire;

import java.io.IOException;

/** The other side does not speak HTTP/1.1. */
final class WireException extends IOException {
    private static final long serialVersionUID = 1L;

    WireException(String message) {
        super(message);
    }
}
