/** Links of strangers: where they may point, where they lead, what their first bytes are. */
@NullMarked
package io.github.camelhh1.link;

import org.jspecify.annotations.NullMarked;
