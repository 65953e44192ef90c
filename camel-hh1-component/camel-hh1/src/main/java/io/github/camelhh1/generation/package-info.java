/** A request: its fields, identity and limits, and its outcome. JDK types only. */
@NullMarked
package io.github.camelhh1.generation;

import org.jspecify.annotations.NullMarked;
