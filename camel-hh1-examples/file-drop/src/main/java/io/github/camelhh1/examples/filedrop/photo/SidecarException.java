package io.github.camelhh1.examples.filedrop.photo;

/** A sidecar that cannot be understood. Nothing was sent. */
public final class SidecarException extends Exception {
    private static final long serialVersionUID = 1;

    SidecarException(String message) {
        super(message);
    }
}
