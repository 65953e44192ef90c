package io.github.camelhh1.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Which addresses may be connected to. It checks the very addresses that are then connected to, after the name was
 * resolved: a name that resolves differently the next time gains nothing.
 */
@FunctionalInterface
public interface AddressRule {

    /** Any address. */
    AddressRule ANY = (host, port, address) -> {};

    /** Throws, saying why, when {@code address}, which {@code host} resolved to, must not be connected to. */
    void check(String host, int port, InetAddress address) throws UnknownHostException;

    /** The same of a host whose addresses only a proxy can find, which is then asked to connect to it. */
    default void checkUnresolved(String host, int port) throws UnknownHostException {
        // Nothing is known against it.
    }
}
