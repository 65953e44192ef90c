/** Links of strangers: the addresses that they may point to, their redirects, their first bytes. */
@NullMarked
package io.github.camelhh1.link;

import org.jspecify.annotations.NullMarked;
