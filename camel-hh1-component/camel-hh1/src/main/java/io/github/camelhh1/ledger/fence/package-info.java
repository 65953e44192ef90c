/**
 * The fence: a session that numbers its attempts, and rules by which a late statement changes nothing that is not its
 * own. Knows no database.
 */
@NullMarked
package io.github.camelhh1.ledger.fence;

import org.jspecify.annotations.NullMarked;
