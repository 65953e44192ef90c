package io.github.camelhh1.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hosts that are written as addresses, so that no name server is asked for them. */
public final class IpLiteral {
    private static final Pattern DOTTED = Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})");
    private static final Pattern BYTES = Pattern.compile("(?:(?:1?\\d{1,2}|2[0-4]\\d|25[0-5])(?:\\.|$)){4}");

    private IpLiteral() {}

    /** Whether it looks like four decimal numbers or like IPv6, with or without brackets; they need not be valid. */
    public static boolean is(String host) {
        return host.indexOf(':') >= 0 || DOTTED.matcher(host).matches();
    }

    /** Null for a name, and for a text that looks like an address and is none. Never asks a name server. */
    public static @Nullable InetAddress of(String host) {
        boolean v4 = DOTTED.matcher(host).matches() && BYTES.matcher(host).matches();
        if (!v4 && host.indexOf(':') < 0) {
            return null;
        }
        try {
            // In brackets Java takes an IPv6 address for one or refuses it; without them it may ask for it as a name.
            return InetAddress.getByName(v4 || host.startsWith("[") ? host : "[" + host + "]");
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
