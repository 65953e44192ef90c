package io.github.camelhh1.link;

import io.github.camelhh1.http.AddressRule;
import io.github.camelhh1.http.IpLiteral;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.text.HttpUrl;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Prevents the URL of a video, which may be hostile, from leading into the private network. It checks the form of a URL
 * before its host is resolved, and the address before a connection is made. This holds for the first URL and for every
 * redirect. Plain {@code http} is for private addresses only, and only where those are allowed.
 *
 * @param privateHosts whether every address is allowed
 * @param own hosts that are always allowed, as {@code host:port}
 */
public record AddressGuard(boolean privateHosts, Set<String> own) implements AddressRule {
    private static final int LONGEST = 8192;
    private static final int LAST_PORT = 65535;
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9a-fA-F]*)\\.?");
    /** One label, or a suffix from RFC 6761, RFC 6762 (appendix G) or RFC 8375. */
    private static final Pattern INTERNAL = Pattern.compile(
            "(?i)[^.]*\\.?|.*\\.(localhost|local|internal|intranet|private|corp|home|lan|home\\.arpa)\\.?");

    private static final String REMEDY = "; allowPrivateHosts=true allows it";
    private static final String PLAIN =
            "the URL must begin with https://: plain http is only for private addresses" + REMEDY;

    public AddressGuard {
        own = Set.copyOf(own);
    }

    /** The guard refused an address. It passes through the HTTP client. */
    public static final class RefusedException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /** Public addresses, by https. */
    public static AddressGuard publicOnly() {
        return new AddressGuard(false, Set.of());
    }

    public AddressGuard allowingPrivateHosts(boolean allowed) {
        return new AddressGuard(allowed, own);
    }

    /** That host at that port too, by plain http as well. */
    public AddressGuard alsoAllowing(String host, int port) {
        var more = new HashSet<>(own);
        more.add(key(host, port));
        return new AddressGuard(privateHosts, more);
    }

    @Override
    public void check(String host, int port, InetAddress address) throws UnknownHostException {
        String objection = own.contains(key(host, port)) ? null : objection(host, address);
        if (objection != null) {
            throw new RefusedException(objection);
        }
    }

    @Override
    public void checkUnresolved(String host, int port) throws UnknownHostException {
        if (!privateHosts
                && !own.contains(key(host, port))
                && INTERNAL.matcher(host).matches()) {
            throw new RefusedException("host " + CleanText.of(host)
                    + " has a name of private networks, and no proxy is asked for such a host" + REMEDY);
        }
    }

    private @Nullable String objection(String host, InetAddress address) {
        String special = privateHosts ? null : AddressRanges.special(address);
        return special == null
                ? null
                : "host " + CleanText.of(host) + " has the " + special + " address " + address.getHostAddress()
                        + ", and nothing is fetched from there" + REMEDY;
    }

    /** Why {@code url} is not fetched, before its host is looked up; null when there is no objection. */
    @Nullable
    public String objection(URI url) {
        String objection = objectionToHost(url);
        if (objection != null || isHttps(url) || isOwn(url)) {
            return objection;
        } else if (!privateHosts) {
            return PLAIN;
        }
        InetAddress literal = IpLiteral.of(host(url));
        return literal == null ? null : objection(List.of(literal));
    }

    /** Whether {@code url}, to which there is no objection, is fetched from private addresses only. */
    public boolean isForPrivateAddresses(URI url) {
        return privateHosts && !isHttps(url) && !isOwn(url);
    }

    /** Why a URL for private addresses only is not fetched from these; null when there is no objection. */
    @Nullable
    public String objection(List<InetAddress> addresses) {
        return addresses.stream().allMatch(address -> AddressRanges.special(address) != null) ? null : PLAIN;
    }

    /** The objection to a URL whose content is only looked at, so that plain http from anywhere is allowed. */
    @Nullable
    String objectionToHost(URI url) {
        String host = HttpUrl.host(url);
        if (!isHttps(url) && !"http".equalsIgnoreCase(url.getScheme())) {
            return "the URL must be absolute and begin with https://";
        }
        if (host == null || url.toString().length() > LONGEST) {
            return "the URL names no host, or is longer than " + LONGEST + " characters";
        }
        if (url.getRawUserInfo() != null) {
            return "the URL holds user information, which is never sent";
        }
        int port = port(url);
        if (port == 0 || port > LAST_PORT) {
            return "the URL names port " + port + ", which does not exist";
        }
        if (isOwn(url)) {
            return null;
        }
        return oddlySpelled(host)
                ? "host " + CleanText.of(host) + " is an address, but not four decimal numbers"
                : literal(host);
    }

    private static boolean isHttps(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    private static String host(URI url) {
        return String.valueOf(HttpUrl.host(url));
    }

    private static int port(URI url) {
        int port = HttpUrl.port(url);
        return port >= 0 ? port : isHttps(url) ? 443 : 80;
    }

    private boolean isOwn(URI url) {
        return own.contains(key(host(url), port(url)));
    }

    /**
     * Whether it is an IPv4 address in another spelling than the plain one: octal, hexadecimal, too short, too long.
     * Programs read these differently.
     */
    private static boolean oddlySpelled(String host) {
        return host.indexOf('%') >= 0
                || (host.indexOf(':') < 0 && ENDS_IN_NUMBER.matcher(host).matches() && !IpLiteral.is(host));
    }

    private @Nullable String literal(String host) {
        if (!IpLiteral.is(host)) {
            return null;
        }
        InetAddress address = IpLiteral.of(host);
        return address == null ? "host " + CleanText.of(host) + " is no valid address" : objection(host, address);
    }

    private static String key(String host, int port) {
        String plain = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return plain.toLowerCase(Locale.ROOT) + ":" + port;
    }
}
