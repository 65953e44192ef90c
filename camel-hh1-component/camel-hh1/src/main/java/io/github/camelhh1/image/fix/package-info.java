/** Makes images fit for the model, with ImageIO, one at a time and within limits of memory. */
@NullMarked
package io.github.camelhh1.image.fix;

import org.jspecify.annotations.NullMarked;
