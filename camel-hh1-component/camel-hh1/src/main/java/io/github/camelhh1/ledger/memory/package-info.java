/** The ledger of this JVM, forgotten with it. */
@NullMarked
package io.github.camelhh1.ledger.memory;

import org.jspecify.annotations.NullMarked;
