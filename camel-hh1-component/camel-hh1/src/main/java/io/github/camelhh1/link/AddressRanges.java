package io.github.camelhh1.link;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses are not of the public network, from the special-purpose registries of IANA (RFC 6890). The JDK's own
 * questions ({@code isSiteLocalAddress} and the like) miss most of them. An IPv6 address that carries an IPv4 address
 * is judged by that one.
 */
final class AddressRanges {
    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;

    private static final class Range {
        private final byte[] prefix;
        private final int bits;
        private final String name;

        Range(byte[] prefix, int bits, String name) {
            this.prefix = prefix;
            this.bits = bits;
            this.name = name;
        }

        static Range of(String cidr, String name) {
            int slash = cidr.indexOf('/');
            try {
                return new Range(
                        InetAddress.getByName(cidr.substring(0, slash)).getAddress(),
                        Integer.parseInt(cidr.substring(slash + 1)),
                        name);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("not a literal: " + cidr, e);
            }
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            int whole = bits / Byte.SIZE;
            int rest = bits % Byte.SIZE;
            return Arrays.equals(address, 0, whole, prefix, 0, whole)
                    && (rest == 0 || ((address[whole] ^ prefix[whole]) & (0xFF << (Byte.SIZE - rest))) == 0);
        }
    }

    private static final List<Range> V4 = List.of(
            Range.of("0.0.0.0/8", "unspecified"),
            Range.of("10.0.0.0/8", "private network"),
            Range.of("100.64.0.0/10", "shared carrier or cloud network"),
            Range.of("127.0.0.0/8", "loopback"),
            Range.of("168.63.129.16/32", "cloud platform"),
            Range.of("169.254.0.0/16", "link-local or cloud metadata"),
            Range.of("172.16.0.0/12", "private network"),
            Range.of("192.0.0.0/24", "reserved for protocols"),
            Range.of("192.0.2.0/24", "documentation"),
            Range.of("192.88.99.0/24", "6to4 relay"),
            Range.of("192.168.0.0/16", "private network"),
            Range.of("198.18.0.0/15", "benchmark network"),
            Range.of("198.51.100.0/24", "documentation"),
            Range.of("203.0.113.0/24", "documentation"),
            Range.of("224.0.0.0/4", "multicast"),
            Range.of("255.255.255.255/32", "broadcast"),
            Range.of("240.0.0.0/4", "reserved"));

    private static final List<Range> V6 = List.of(
            Range.of("::/128", "unspecified"),
            Range.of("::1/128", "loopback"),
            Range.of("64:ff9b:1::/48", "local NAT64"),
            Range.of("100::/64", "discard"),
            Range.of("2001:db8::/32", "documentation"),
            Range.of("2001::/23", "Teredo or other protocol"),
            Range.of("3fff::/20", "documentation"),
            Range.of("fc00::/7", "private network"),
            Range.of("fe80::/10", "link-local"),
            Range.of("fec0::/10", "site-local"),
            Range.of("ff00::/8", "multicast"));

    /** At which byte the IPv4 address begins in what is not itself in a table above. */
    private record Carrier(Range range, int at) {}

    private static final List<Carrier> CARRIERS = List.of(
            new Carrier(Range.of("::/96", "IPv4-compatible"), 12),
            // Java turns a mapped literal into the IPv4 address itself, so the prefix is spelled in bytes.
            new Carrier(
                    new Range(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0}, 96, "IPv4-mapped"), 12),
            new Carrier(Range.of("::ffff:0:0:0/96", "IPv4-translated"), 12),
            new Carrier(Range.of("64:ff9b::/96", "NAT64"), 12),
            new Carrier(Range.of("2002::/16", "6to4"), 2));

    private static final Range GLOBAL_V6 = Range.of("2000::/3", "global");

    private AddressRanges() {}

    /** What kind of special address it is; null for one of the public network. */
    static @Nullable String special(InetAddress address) {
        return special(address.getAddress());
    }

    static @Nullable String special(byte[] address) {
        if (address.length * Byte.SIZE == V4_BITS) {
            return named(V4, address);
        }
        if (address.length * Byte.SIZE != V6_BITS) {
            return "unknown kind of";
        }
        String name = named(V6, address);
        if (name != null) {
            return name;
        }
        for (Carrier carrier : CARRIERS) {
            if (carrier.range().contains(address)) {
                String inner = named(V4, Arrays.copyOfRange(address, carrier.at(), carrier.at() + 4));
                return inner == null ? null : inner + " inside " + carrier.range().name;
            }
        }
        return GLOBAL_V6.contains(address) ? null : "unassigned";
    }

    private static @Nullable String named(List<Range> ranges, byte[] address) {
        for (Range range : ranges) {
            if (range.contains(address)) {
                return range.name;
            }
        }
        return null;
    }
}
