package io.github.camelhh1.failure;

import io.github.camelhh1.ledger.CallIds;
import java.util.List;

/** The message breaks rules; nothing was sent. Send it again once it is corrected. */
public final class InvalidRequestException extends Hh1Exception {
    private final List<String> violations;

    public InvalidRequestException(List<String> violations, String runId, CallIds ids) {
        super(
                "Nothing was sent and nothing is billed: the message is not a valid request. "
                        + String.join("; ", violations),
                null,
                runId,
                ids,
                Retry.NEVER,
                Billing.NOT_BILLED);
        this.violations = List.copyOf(violations);
    }

    /** Every rule broken, each naming the field, the value's shape, the rule and the remedy. */
    public List<String> violations() {
        return violations;
    }
}
