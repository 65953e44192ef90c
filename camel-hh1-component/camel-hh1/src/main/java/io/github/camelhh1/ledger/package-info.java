/**
 * The ledger of runs: which were asked for, sent and paid. {@code Ledger} is the port. {@code Ledgers} makes the two that
 * come with the component, in memory and over JDBC.
 */
@NullMarked
package io.github.camelhh1.ledger;

import org.jspecify.annotations.NullMarked;
