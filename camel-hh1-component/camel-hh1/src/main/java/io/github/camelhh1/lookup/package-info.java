/** What a service knows of a call that nobody answered. */
@NullMarked
package io.github.camelhh1.lookup;

import org.jspecify.annotations.NullMarked;
