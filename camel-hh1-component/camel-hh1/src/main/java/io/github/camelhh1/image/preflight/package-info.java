/** What the model asks of an image, and what becomes of one that is not as it asks. Knows headers, never pixels. */
@NullMarked
package io.github.camelhh1.image.preflight;

import org.jspecify.annotations.NullMarked;
