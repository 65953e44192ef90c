/** The promises: one room for each, and the stack that they form. Each is a Generator around the next. JDK types only. */
@NullMarked
package io.github.camelhh1.rooms;

import org.jspecify.annotations.NullMarked;
