package io.github.camelhh1.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/** Resolves names, and refuses the host when any of its addresses is refused. */
final class CheckedDnsResolver implements DnsResolver {
    private final AddressRule rule;

    CheckedDnsResolver(AddressRule rule) {
        this.rule = rule;
    }

    /** What the client connects with. */
    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        var addresses = new ArrayList<InetSocketAddress>();
        for (InetAddress address : SystemDefaultDnsResolver.INSTANCE.resolve(host)) {
            rule.check(host, port, address);
            addresses.add(new InetSocketAddress(address, port));
        }
        return addresses;
    }

    /** For callers that know no port; none of the ports that a rule may favour. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return resolve(host, 0).stream().map(InetSocketAddress::getAddress).toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
    }
}
