/**
 * How a database is reached: one connection to a SQLite file, a pool to a server, by a JDBC URL or a DataSource.
 */
@NullMarked
package io.github.camelhh1.ledger.connection;

import org.jspecify.annotations.NullMarked;
