package io.github.camelhh1.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Gives the addresses that were looked up before the call, and refuses the host when any of them is refused. The client
 * asks on whichever thread it connects on, so this never waits.
 */
final class CheckedDnsResolver implements DnsResolver {
    private final HostNames names;
    private final AddressRule rule;
    private final @Nullable HttpProxy proxy;

    CheckedDnsResolver(HostNames names, AddressRule rule, @Nullable HttpProxy proxy) {
        this.names = names;
        this.rule = rule;
        this.proxy = proxy;
    }

    /** What the client connects with. */
    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        var addresses = new ArrayList<InetSocketAddress>();
        for (InetAddress address : names.found(host)) {
            // The proxy is the user's choice; what it is asked for was judged before.
            if (proxy == null || !proxy.is(host, port)) {
                rule.check(host, port, address);
            }
            addresses.add(new InetSocketAddress(address, port));
        }
        return addresses;
    }

    /** For callers that know no port; none of the ports that a rule may favour. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return resolve(host, 0).stream().map(InetSocketAddress::getAddress).toArray(InetAddress[]::new);
    }

    /** Only other ways of authentication than a header ask for it; to answer would mean to wait. */
    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
