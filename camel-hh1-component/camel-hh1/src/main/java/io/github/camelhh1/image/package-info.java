/** Images: their content, and format and size as their first bytes declare them. Pixels are never decoded here. */
@NullMarked
package io.github.camelhh1.image;

import org.jspecify.annotations.NullMarked;
