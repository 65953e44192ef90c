/** The words of a request: what is asked for, by whom, within which limits, and how it ends. JDK types only. */
@NullMarked
package io.github.camelhh1.generation;

import org.jspecify.annotations.NullMarked;
