/**
 * What was asked for, sent and paid: the ledger of runs. {@code Ledger} is the port, {@code Ledgers} makes the two that
 * come with it, in memory and over JDBC.
 */
@NullMarked
package io.github.camelhh1.ledger;

import org.jspecify.annotations.NullMarked;
