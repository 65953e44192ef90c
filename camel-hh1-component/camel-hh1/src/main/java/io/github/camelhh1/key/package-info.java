/** Who a request is: its key, told by its sender, by what is upstream, or by its place in the route. */
@NullMarked
package io.github.camelhh1.key;

import org.jspecify.annotations.NullMarked;
