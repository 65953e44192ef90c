/** The model's limits for images, and the check of an image against them, by its header. */
@NullMarked
package io.github.camelhh1.image.preflight;

import org.jspecify.annotations.NullMarked;
