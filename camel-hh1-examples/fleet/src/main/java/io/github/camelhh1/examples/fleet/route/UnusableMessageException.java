package io.github.camelhh1.examples.fleet.route;

/** A message from which nothing can be made, however often it comes. Nothing was paid. */
public final class UnusableMessageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnusableMessageException(String message) {
        super(message);
    }
}
