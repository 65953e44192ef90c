/** Small functions of texts that every package may use; they use none of ours. */
@NullMarked
package io.github.camelhh1.text;

import org.jspecify.annotations.NullMarked;
