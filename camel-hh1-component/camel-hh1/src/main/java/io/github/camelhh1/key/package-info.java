/** The key of a request: from its sender, from an upstream id, or from its place in the route. */
@NullMarked
package io.github.camelhh1.key;

import org.jspecify.annotations.NullMarked;
