package io.github.camelhh1.cloudflare;

import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of the service's status, code and text. The first row that fits counts.
 *
 * <p>Codes are those of Cloudflare's AI gateway and Workers AI documentation and of public reports. A code that no row
 * names falls to the rows by status alone, which take every doubt as {@link Meaning#UNKNOWN}.
 */
final class FailureTable {

    enum Meaning {
        /** Not now. */
        THROTTLED,
        /** Not this request. */
        REJECTED,
        /** Not this account, its key, its credits or its limits: the next request would fare no better. */
        ACCOUNT_REJECTED,
        /** The model ran, and no video will come. It may be billed. */
        FAILED,
        /** It may have run. */
        UNKNOWN
    }

    /** @param codes null for any code, or none */
    private record Row(
            @Nullable Set<String> codes,
            IntPredicate status,
            @Nullable Pattern text,
            Meaning meaning) {
        boolean fits(int answered, @Nullable String found, String message) {
            return (codes == null || (found != null && codes.contains(found)))
                    && status.test(answered)
                    && (text == null || text.matcher(message).find());
        }
    }

    private static final List<Row> ROWS = List.of(
            // A guardrail or data loss prevention: 2016 and 2029 block a request, 2017 and 2030 a response.
            codes(Meaning.FAILED, "2017", "2030"),
            codes(Meaning.REJECTED, "2001", "2016", "2029", "3003", "3006", "3042", "5004", "5007"),
            codes(Meaning.ACCOUNT_REJECTED, "10000", "2009", "2045", "3036"),
            // The text of 2018 may read "Invalid User Credentials"; it is a throttle all the same.
            codes(Meaning.THROTTLED, "2003", "2018", "3040"),
            codes(Meaning.UNKNOWN, "3007", "3008"),
            row("7003", is(200), "throttl|rate.?limit|too many requests", Meaning.THROTTLED),
            new Row(Set.of("7003"), is(200), null, Meaning.UNKNOWN),
            codes(Meaning.REJECTED, "7003"),
            row("2021", FailureTable::any, "wholesale rate limit", Meaning.THROTTLED),
            row("2021", FailureTable::any, "insufficient.*credit", Meaning.ACCOUNT_REJECTED),
            codes(Meaning.REJECTED, "2021"),
            status(is(429), Meaning.THROTTLED),
            status(is(401).or(is(403)), Meaning.ACCOUNT_REJECTED),
            status(is(408).or(is(409)).or(is(425)).or(is(499)), Meaning.UNKNOWN),
            status(status -> status >= 300 && status < 500, Meaning.REJECTED),
            status(FailureTable::any, Meaning.UNKNOWN));

    private FailureTable() {}

    private static Row codes(Meaning meaning, String... codes) {
        return new Row(Set.of(codes), FailureTable::any, null, meaning);
    }

    private static Row row(String code, IntPredicate status, String text, Meaning meaning) {
        return new Row(Set.of(code), status, Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), meaning);
    }

    private static Row status(IntPredicate status, Meaning meaning) {
        return new Row(null, status, null, meaning);
    }

    private static boolean any(int status) {
        return true;
    }

    private static IntPredicate is(int status) {
        return answered -> answered == status;
    }

    /** Whether a row names the code: the meaning of the status alone is a guess. */
    static boolean isNamed(@Nullable String code) {
        for (Row row : ROWS) {
            if (code != null && row.codes() != null && row.codes().contains(code)) {
                return true;
            }
        }
        return false;
    }

    static Meaning meaning(int status, @Nullable String code, String message) {
        for (Row row : ROWS) {
            if (row.fits(status, code, message)) {
                return row.meaning();
            }
        }
        throw new IllegalStateException("the last row fits everything");
    }
}
