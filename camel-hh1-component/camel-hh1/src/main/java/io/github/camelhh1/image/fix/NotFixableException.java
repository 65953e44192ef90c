package io.github.camelhh1.image.fix;

/** An image that cannot be made fit; the message says why, and what to do. */
final class NotFixableException extends Exception {
    NotFixableException(String message) {
        super(message);
    }
}
