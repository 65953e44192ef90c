package io.github.camelhh1.message;

import io.github.camelhh1.text.CleanText;

/** An image could not be kept until it is sent, and its message is not to blame. */
final class SpoolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SpoolException(Exception cause) {
        super(
                "the image could not be kept in the directory of temporary files (java.io.tmpdir): "
                        + CleanText.of(cause.toString()) + "; make room there, or make it writable",
                cause);
    }
}
