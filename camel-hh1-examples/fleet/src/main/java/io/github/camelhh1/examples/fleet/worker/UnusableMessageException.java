package io.github.camelhh1.examples.fleet.worker;

/** A message from which nothing can be made, however often it comes. Nothing was paid. */
final class UnusableMessageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableMessageException(String message) {
        super(message);
    }
}
