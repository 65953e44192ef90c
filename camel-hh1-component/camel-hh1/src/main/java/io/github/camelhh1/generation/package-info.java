/** The heart: a generation passes through a stack of rooms and ends in one outcome. JDK types only. */
@NullMarked
package io.github.camelhh1.generation;

import org.jspecify.annotations.NullMarked;
