/** What an image says about itself in its first bytes: its format and its size. Pixels are never decoded here. */
@NullMarked
package io.github.camelhh1.image;

import org.jspecify.annotations.NullMarked;
