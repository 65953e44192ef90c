package io.github.camelhh1.observe;

import io.github.camelhh1.ledger.Amount.Caps;
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
        @Nullable Caps caps) {}
