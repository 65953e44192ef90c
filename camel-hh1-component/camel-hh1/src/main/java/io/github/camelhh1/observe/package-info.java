/** Looks at outcomes without ever changing one: health and redaction. */
@NullMarked
package io.github.camelhh1.observe;

import org.jspecify.annotations.NullMarked;
