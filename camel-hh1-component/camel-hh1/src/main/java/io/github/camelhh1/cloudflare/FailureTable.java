package io.github.camelhh1.cloudflare;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From the service's status, code and text to what it means for us: the one table. The first row that fits counts.
 *
 * <p>Codes are those of Cloudflare's AI gateway and Workers AI documentation and of public reports; what no row names
 * falls to the rows by status alone, which take every doubt as {@link Meaning#UNKNOWN}.
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

    private record Row(
            @Nullable String code,
            IntPredicate status,
            @Nullable Pattern text,
            Meaning meaning) {
        boolean fits(int answered, @Nullable String found, String message) {
            return (code == null || code.equals(found))
                    && status.test(answered)
                    && (text == null || text.matcher(message).find());
        }
    }

    private static final List<Row> ROWS = List.of(
            row("10000", Meaning.ACCOUNT_REJECTED),
            row("2001", Meaning.REJECTED),
            row("2009", Meaning.ACCOUNT_REJECTED),
            // A guardrail or data loss prevention: 2016 and 2029 block a request, 2017 and 2030 a response.
            row("2016", Meaning.REJECTED),
            row("2017", Meaning.FAILED),
            row("2029", Meaning.REJECTED),
            row("2030", Meaning.FAILED),
            row("7003", is(200), "throttl|rate.?limit|too many requests", Meaning.THROTTLED),
            row("7003", is(200), Meaning.UNKNOWN),
            row("7003", Meaning.REJECTED),
            row("2003", Meaning.THROTTLED),
            // Its text may read "Invalid User Credentials"; it is a throttle all the same.
            row("2018", Meaning.THROTTLED),
            row("2021", "wholesale rate limit", Meaning.THROTTLED),
            row("2021", "insufficient.*credit", Meaning.ACCOUNT_REJECTED),
            row("2021", Meaning.REJECTED),
            row("2045", Meaning.ACCOUNT_REJECTED),
            row("3036", Meaning.ACCOUNT_REJECTED),
            row("3040", Meaning.THROTTLED),
            row("3007", Meaning.UNKNOWN),
            row("3008", Meaning.UNKNOWN),
            row("5007", Meaning.REJECTED),
            row("3042", Meaning.REJECTED),
            row("3003", Meaning.REJECTED),
            row("3006", Meaning.REJECTED),
            row("5004", Meaning.REJECTED),
            row(null, is(429), Meaning.THROTTLED),
            row(null, is(401).or(is(403)), Meaning.ACCOUNT_REJECTED),
            row(null, is(408).or(is(409)).or(is(425)).or(is(499)), Meaning.UNKNOWN),
            row(null, status -> status >= 300 && status < 500, Meaning.REJECTED),
            row(null, Meaning.UNKNOWN));

    private FailureTable() {}

    private static Row row(@Nullable String code, Meaning meaning) {
        return new Row(code, status -> true, null, meaning);
    }

    private static Row row(@Nullable String code, String text, Meaning meaning) {
        return row(code, status -> true, text, meaning);
    }

    private static Row row(@Nullable String code, IntPredicate status, Meaning meaning) {
        return new Row(code, status, null, meaning);
    }

    private static Row row(@Nullable String code, IntPredicate status, String text, Meaning meaning) {
        return new Row(code, status, Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), meaning);
    }

    private static IntPredicate is(int status) {
        return answered -> answered == status;
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
