/** Small functions that every package may use; they use no other package. */
@NullMarked
package io.github.camelhh1.text;

import org.jspecify.annotations.NullMarked;
