/** The failures of routes: one final class for each outcome. */
@NullMarked
package io.github.camelhh1.failure;

import org.jspecify.annotations.NullMarked;
