package io.github.camelhh1.ledger;

import io.github.camelhh1.text.Sha256;
import java.util.UUID;

/**
 * Where a service keeps its records of calls, so that they can be looked up there: in a gateway of an account. The names of
 * its calls end with the name of the gateway, as a hash, and nobody looks for them in another gateway.
 *
 * @param account that pays
 * @param end of the names, 12 hexadecimal digits
 */
public record LookupPlace(String account, String end) {
    /** A UUID of this version (RFC 9562, 5.8) ends with a gateway; of any other, it is looked up in each. */
    private static final char MARK = '8';

    private static final int MARK_AT = 14;
    private static final int END_AT = 24;
    private static final int LENGTH = 36;

    /** The names that are looked up in each gateway, for the operator {@code not like} of a database. */
    public static final String MARKED = "______________" + MARK + "%";

    public static LookupPlace of(String account, String gateway) {
        String hash = Sha256.of(gateway);
        return new LookupPlace(account, hash.substring(0, LENGTH - END_AT));
    }

    /**
     * The name of an attempt here.
     *
     * @param fresh its last 48 bits and its version are not used
     */
    public String name(UUID fresh) {
        String digits = fresh.toString();
        return digits.substring(0, MARK_AT) + MARK + digits.substring(MARK_AT + 1, END_AT) + end;
    }

    /** Whether the run has a name that may be found here. */
    public boolean has(Run run) {
        String name = run.lookupId();
        return name != null
                && run.asked().account().equals(account)
                && (name.length() <= MARK_AT || name.charAt(MARK_AT) != MARK || name.endsWith(end));
    }
}
