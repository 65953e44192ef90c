package io.github.camelhh1.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host. May block for as long as a name server likes. */
@FunctionalInterface
public interface HostResolver {

    /** As the platform does it. */
    HostResolver SYSTEM = InetAddress::getAllByName;

    /** Never an empty array. */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
