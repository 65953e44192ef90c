/** Questions to a service about a call that was not answered. */
@NullMarked
package io.github.camelhh1.lookup;

import org.jspecify.annotations.NullMarked;
