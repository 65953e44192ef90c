/** The ledger in a database: its schema, its statements, the owners that live with it. */
@NullMarked
package io.github.camelhh1.ledger.jdbc;

import org.jspecify.annotations.NullMarked;
