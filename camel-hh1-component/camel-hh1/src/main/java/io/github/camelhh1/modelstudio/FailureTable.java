package io.github.camelhh1.modelstudio;

import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * The meaning of the answer to a create that names no task. The first row that fits counts. An answer that refuses is not
 * billed; every doubt is {@link Meaning#UNKNOWN}. Codes are those of the service's documentation.
 */
final class FailureTable {

    enum Meaning {
        /** Not now. */
        THROTTLED,
        /** Not this request. */
        REJECTED,
        /** Not this account, its key or its money: the next request would fare no better. */
        ACCOUNT_REJECTED,
        /** A task may have been created. */
        UNKNOWN
    }

    private record Row(IntPredicate status, Predicate<String> code, Meaning meaning) {}

    private static final Set<Integer> IN_DOUBT = Set.of(408, 409, 425, 499);
    private static final Set<String> OF_THE_ACCOUNT =
            Set.of("InvalidApiKey", "AccessDenied", "Model.AccessDenied", "Arrearage");

    private static final List<Row> ROWS = List.of(
            new Row(status -> status < 300 || status >= 500, code -> true, Meaning.UNKNOWN),
            // Throttling, Throttling.RateQuota, Throttling.AllocationQuota.
            new Row(status -> true, code -> code.startsWith("Throttling"), Meaning.THROTTLED),
            new Row(status -> status == 429, code -> true, Meaning.THROTTLED),
            new Row(status -> true, OF_THE_ACCOUNT::contains, Meaning.ACCOUNT_REJECTED),
            new Row(status -> status == 401 || status == 403, code -> true, Meaning.ACCOUNT_REJECTED),
            // The service documents none of these; something between may have said so while the service went on.
            new Row(IN_DOUBT::contains, String::isEmpty, Meaning.UNKNOWN),
            new Row(status -> true, code -> true, Meaning.REJECTED));

    private FailureTable() {}

    /** Of a code, or of an empty text. */
    static Meaning meaning(int status, String code) {
        for (Row row : ROWS) {
            if (row.status().test(status) && row.code().test(code)) {
                return row.meaning();
            }
        }
        throw new IllegalStateException("the last row fits everything");
    }

    /** Whether a task that failed with this code failed because of the account. */
    static boolean isOfTheAccount(String code) {
        return OF_THE_ACCOUNT.contains(code);
    }
}
