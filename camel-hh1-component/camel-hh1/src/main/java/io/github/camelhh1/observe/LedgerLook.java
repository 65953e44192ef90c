package io.github.camelhh1.observe;

import io.github.camelhh1.ledger.Amount.Spending;

/**
 * The ledger at its last look.
 *
 * @param unknownRuns runs that are held as unknown, of all accounts and nodes
 * @param spending of the account that has used most of the day, among those that the component's endpoints pay with
 */
public record LedgerLook(long unknownRuns, Spending spending) {}
