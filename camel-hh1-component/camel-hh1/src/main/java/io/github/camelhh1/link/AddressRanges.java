package io.github.camelhh1.link;

import io.github.camelhh1.http.IpLiteral;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that are not of the public network, from the special-purpose registries of IANA (RFC 6890). The JDK's own
 * methods ({@code isSiteLocalAddress} and the like) miss most of them. An IPv6 address that carries an IPv4 address is
 * judged by the IPv4 address.
 */
final class AddressRanges {
    private static final int V4_BYTES = 4;

    private record Range(BigInteger prefix, int bits, String name) {
        /** @param line as "10.0.0.0/8 private network" */
        static Range of(String line) {
            int slash = line.indexOf('/');
            int space = line.indexOf(' ');
            int bits = Integer.parseInt(line.substring(slash + 1, space));
            InetAddress first = Objects.requireNonNull(IpLiteral.of(line.substring(0, slash)), line);
            return new Range(prefix(first.getAddress(), bits), bits, line.substring(space + 1));
        }

        /** Of an address as long as the range's own. */
        boolean contains(byte[] address) {
            return prefix(address, bits).equals(prefix);
        }

        private static BigInteger prefix(byte[] address, int bits) {
            return new BigInteger(1, address).shiftRight(address.length * Byte.SIZE - bits);
        }
    }

    private static final List<Range> V4 = table("""
            0.0.0.0/8 unspecified
            10.0.0.0/8 private network
            100.64.0.0/10 shared carrier or cloud network
            127.0.0.0/8 loopback
            168.63.129.16/32 cloud platform
            169.254.0.0/16 link-local or cloud metadata
            172.16.0.0/12 private network
            192.0.0.0/24 reserved for protocols
            192.0.2.0/24 documentation
            192.88.99.0/24 6to4 relay
            192.168.0.0/16 private network
            198.18.0.0/15 benchmark network
            198.51.100.0/24 documentation
            203.0.113.0/24 documentation
            224.0.0.0/4 multicast
            255.255.255.255/32 broadcast
            240.0.0.0/4 reserved
            """);

    private static final List<Range> V6 = table("""
            ::/128 unspecified
            ::1/128 loopback
            64:ff9b:1::/48 local NAT64
            100::/64 discard
            2001:db8::/32 documentation
            2001::/23 Teredo or other protocol
            3fff::/20 documentation
            fc00::/7 private network
            fe80::/10 link-local
            fec0::/10 site-local
            ff00::/8 multicast
            """);

    /** Ranges of IPv6 that carry an IPv4 address, and the byte at which it begins. */
    private static final Map<Range, Integer> CARRIERS = Map.of(
            Range.of("::/96 IPv4-compatible"),
            12,
            // Java turns such a literal into the IPv4 address itself, so the prefix is a number here.
            new Range(BigInteger.valueOf(0xFFFF), 96, "IPv4-mapped"),
            12,
            Range.of("::ffff:0:0:0/96 IPv4-translated"),
            12,
            Range.of("64:ff9b::/96 NAT64"),
            12,
            Range.of("2002::/16 6to4"),
            2);

    private static final Range GLOBAL_V6 = Range.of("2000::/3 global");

    private AddressRanges() {}

    private static List<Range> table(String lines) {
        return lines.lines().map(Range::of).toList();
    }

    /** The kind of a special address; null for one of the public network. */
    static @Nullable String special(InetAddress address) {
        return special(address.getAddress());
    }

    static @Nullable String special(byte[] address) {
        if (address.length == V4_BYTES) {
            return named(V4, address);
        }
        String name = named(V6, address);
        if (name != null) {
            return name;
        }
        for (var carrier : CARRIERS.entrySet()) {
            if (carrier.getKey().contains(address)) {
                int at = carrier.getValue();
                String inner = named(V4, Arrays.copyOfRange(address, at, at + V4_BYTES));
                return inner == null
                        ? null
                        : inner + " inside " + carrier.getKey().name();
            }
        }
        return GLOBAL_V6.contains(address) ? null : "unassigned";
    }

    private static @Nullable String named(List<Range> ranges, byte[] address) {
        return ranges.stream()
                .filter(range -> range.contains(address))
                .map(Range::name)
                .findFirst()
                .orElse(null);
    }
}
