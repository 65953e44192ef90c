package io.github.camelhh1.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hosts that are written as addresses, which no name server has to be asked for. */
public final class IpLiteral {
    private static final Pattern DOTTED = Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})");

    private IpLiteral() {}

    /** Whether it looks like four decimal numbers or like IPv6, with or without brackets; they need not be valid. */
    public static boolean is(String host) {
        return host.indexOf(':') >= 0 || DOTTED.matcher(host).matches();
    }

    /** Null for a name, and for what looks like an address and is none. Never asks a name server. */
    public static @Nullable InetAddress of(String host) {
        try {
            if (host.indexOf(':') >= 0) {
                // In brackets Java takes it for an address or refuses it; without them it may ask for it as a name.
                return InetAddress.getByName(host.startsWith("[") ? host : "[" + host + "]");
            }
            return DOTTED.matcher(host).matches() ? dotted(host) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static @Nullable InetAddress dotted(String host) throws UnknownHostException {
        String[] parts = host.split("\\.", -1);
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            int part = Integer.parseInt(parts[i]);
            if (part > 255) {
                return null;
            }
            bytes[i] = (byte) part;
        }
        return InetAddress.getByAddress(bytes);
    }
}
