package io.github.camelhh1.simulator.pictures;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses that no image is fetched from, metadata services among them. Loopback is none of them: tests stage there. */
final class PrivateAddresses {
    /** Ranges for which Java has no name, and ranges that hold an IPv4 address. */
    private static final List<Range> RANGES = Arrays.stream(("0.0.0.0/8 100.64.0.0/10 192.0.0.0/24 198.18.0.0/15"
                            + " 240.0.0.0/4 fc00::/7 ::/96 64:ff9b::/32 2001::/32 2002::/16")
                    .split(" "))
            .map(Range::of)
            .toList();

    private PrivateAddresses() {}

    /** Why nothing is fetched from the host of {@code link}; null when nothing speaks against it. Asks a name server. */
    static @Nullable String objection(URI link) throws UnknownHostException {
        for (InetAddress address : InetAddress.getAllByName(link.getHost())) {
            if (isOne(address)) {
                return "host " + link.getHost() + " has the private address " + address.getHostAddress()
                        + ", which the simulator fetches nothing from unless private hosts are allowed";
            }
        }
        return null;
    }

    private static boolean isOne(InetAddress address) {
        return !address.isLoopbackAddress()
                && (address.isLinkLocalAddress()
                        || address.isSiteLocalAddress()
                        || address.isMulticastAddress()
                        || RANGES.stream().anyMatch(range -> range.holds(address.getAddress())));
    }

    private record Range(InetAddress start, int bits) {
        static Range of(String text) {
            int slash = text.indexOf('/');
            try {
                return new Range(
                        InetAddress.getByName(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }

        boolean holds(byte[] address) {
            byte[] first = start.getAddress();
            if (address.length != first.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
