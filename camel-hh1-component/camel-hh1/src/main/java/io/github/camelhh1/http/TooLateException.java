package io.github.camelhh1.http;

import java.io.IOException;

/** The time in which a request's body had to begin had passed: none of it was sent. */
public final class TooLateException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLateException() {
        super("the request could not begin in time");
    }
}
