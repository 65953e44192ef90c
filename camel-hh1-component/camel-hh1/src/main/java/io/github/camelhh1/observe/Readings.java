package io.github.camelhh1.observe;

import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Amount.Spending;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of a component for readers that must not wait: no reading asks the ledger.
 *
 * @param permits the most calls that may be in flight
 * @param ledger null before the first look
 * @param caps null when nothing is limited
 */
public record Readings(
        IntSupplier inFlight,
        IntSupplier queued,
        int permits,
        BooleanSupplier ledgerFails,
        Supplier<@Nullable LedgerLook> ledger,
        @Nullable Caps caps) {

    /**
     * The ledger at one look.
     *
     * @param unknownRuns runs that are held as unknown, of all accounts and nodes
     * @param spending of the accounts that the component's endpoints pay with, on the ledger's day
     */
    public record LedgerLook(long unknownRuns, List<Spending> spending) {

        /** Of the account that has used most of its day; null without an account. */
        public @Nullable Spending most() {
            return spending.stream()
                    .max(Comparator.comparing((Spending one) -> one.counted().cost())
                            .thenComparing(one -> one.counted().seconds()))
                    .orElse(null);
        }
    }
}
