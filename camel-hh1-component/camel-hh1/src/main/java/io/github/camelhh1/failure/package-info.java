/** What went wrong, said so that a route can decide: one final class per failed outcome. */
@NullMarked
package io.github.camelhh1.failure;

import org.jspecify.annotations.NullMarked;
