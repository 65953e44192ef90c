package io.github.camelhh1.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Decides which addresses a client may connect to. It checks the resolved addresses, and the client connects to no
 * others. A name that resolves differently the next time does not pass the check.
 */
@FunctionalInterface
public interface AddressRule {

    /** Any address. */
    AddressRule ANY = (host, port, address) -> {};

    /** Throws, saying why, when {@code address}, which {@code host} resolved to, must not be connected to. */
    void check(String host, int port, InetAddress address) throws UnknownHostException;

    /** The same check for a host whose address only the proxy can find. */
    default void checkUnresolved(String host, int port) throws UnknownHostException {
        // Nothing is known against it.
    }
}
