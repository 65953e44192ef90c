/** The ledger in a database: its connections, its schema, its statements, its owners. */
@NullMarked
package io.github.camelhh1.ledger.jdbc;

import org.jspecify.annotations.NullMarked;
