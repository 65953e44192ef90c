package io.github.camelhh1.http;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/** A header that is sent as it is and shown as stars: the client library logs headers as text. */
final class SecretHeader extends BasicHeader {

    private SecretHeader(String name, String value) {
        super(name, value);
    }

    /** Secret when it holds a credential. */
    static Header of(String name, String value) {
        return name.equalsIgnoreCase("Authorization") ? new SecretHeader(name, value) : new BasicHeader(name, value);
    }

    @Override
    public String toString() {
        return getName() + ": ***";
    }
}
